-- Sealed blocks. What is hashed, byte for byte, stands in docs/sealing.md; apps/ledger/form.py says the same in Python.

-- One value: its length in bytes, a colon and its text; a tilde where there is none. No two lists of values read alike.
-- The length is cast: a number joined to a text is merely stable, and a leaf's thirty calls would not be inlined.
create or replace function ledger_field(p_value text) returns text
language sql immutable parallel safe
return coalesce(octet_length(p_value)::text || ':' || p_value, '~');

create or replace function ledger_instant(p_at timestamptz) returns text
language sql stable parallel safe
return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- The leaf of a transaction: header and moves, every column but xid, which a restored database no longer knows. Moves are
-- looked up a transaction at a time, so that proving all of history is shared among processes.
create or replace view ledger_leaf as
    select t.id transaction_id, sha256('\x00'::bytea || convert_to(
        ledger_field('stillage transaction 1')
        || ledger_field(t.id::text) || ledger_field(t.warehouse_id::text) || ledger_field(t.kind)
        || ledger_field(t.document) || ledger_field(t.reason)
        || ledger_field(ledger_instant(t.occurred_at)) || ledger_field(ledger_instant(t.recorded_at))
        || ledger_field(t.by_id::text) || ledger_field(t.device_id::text)
        || ledger_field(t.actor) || ledger_field(t.key) || ledger_field(t.reverses_id::text)
        || ledger_field(m.count::text) || coalesce(m.fields, ''),
        'UTF8')) leaf
    from ledger_stocktransaction t
    cross join lateral (
        select count(*) count, string_agg(
            ledger_field(move.id::text) || ledger_field(move.warehouse_id::text) || ledger_field(move.item_id::text)
            || ledger_field(move.lot_id::text) || ledger_field(move.serial_id::text)
            || ledger_field(move.owner_id::text) || ledger_field(trim_scale(move.quantity)::text)
            || ledger_field(move.source_id::text) || ledger_field(move.source_unit_id::text)
            || ledger_field(move.source_status)
            || ledger_field(move.target_id::text) || ledger_field(move.target_unit_id::text)
            || ledger_field(move.target_status)
            || ledger_field(trim_scale(move.unit_cost)::text) || ledger_field(ledger_instant(move.recorded_at)),
            '' order by move.id) fields
        from ledger_stockmove move where move.transaction_id = t.id
    ) m;

create or replace function ledger_leaves(p_transaction bigint[]) returns table (transaction_id bigint, leaf bytea)
language sql stable parallel safe
as $$
    select transaction_id, leaf from ledger_leaf where transaction_id = any(p_transaction)
$$;

-- The Merkle tree's root as in RFC 6962: pairs are joined, level by level; one that is left over goes up as it is.
create or replace function ledger_root(p_leaf bytea[]) returns bytea
language plpgsql immutable parallel safe as $$
declare
    v_level bytea[] := p_leaf;
begin
    while cardinality(v_level) > 1 loop
        select array_agg(case when right_hash is null then left_hash
                              else sha256('\x01'::bytea || left_hash || right_hash) end order by pair)
        into v_level
        from (
            select n pair, hash left_hash, lead(hash) over (order by n) right_hash
            from unnest(v_level) with ordinality l(hash, n)
        ) pairs
        where pair % 2 = 1;
    end loop;
    return v_level[1];
end
$$;

create or replace function ledger_block_hash(
    p_number bigint, p_previous bytea, p_first bigint, p_count integer, p_root bytea, p_sealed_at timestamptz
) returns bytea
language sql stable parallel safe
return sha256('\x02'::bytea || convert_to(
    ledger_field('stillage block 1') || ledger_field(p_number::text) || ledger_field(encode(p_previous, 'hex'))
    || ledger_field(p_first::text) || ledger_field(p_count::text) || ledger_field(encode(p_root, 'hex'))
    || ledger_field(ledger_instant(p_sealed_at)), 'UTF8'));

-- Seals what is committed and in no block yet, at most so much, in a block of its own; its number, null when there is
-- nothing. Ids commit out of order, so what is looked at begins at a floor: every id up to it is sealed or will never
-- come. A block's `reached` becomes the floor once all transactions that ran at its sealing (below `horizon`) had ended
-- when a later sealing looked. A database restored elsewhere counts transactions anew: then old horizons hold the floor
-- back, or are right because nothing of the old server still runs; they never push it too far. With p_everything the
-- floor is not believed.
create or replace function ledger_seal(p_limit integer, p_everything boolean) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_last ledger_block;
    v_number bigint;
    v_first bigint;
    v_oldest xid8;
    v_ids bigint[];
    v_leaves bytea[];
    v_root bytea;
    v_reached bigint;
    v_settled bigint;
    v_previous bytea;
    v_now timestamptz;
begin
    if p_limit < 1 then
        raise exception 'a block has at least one transaction';
    end if;
    -- Two sealers take turns.
    perform pg_advisory_xact_lock(hashtext('ledger_seal'));
    select * into v_last from ledger_block order by number desc limit 1;
    v_number := coalesce(v_last.number, 0) + 1;
    v_first := coalesce(v_last.first + v_last.count, 1);
    v_previous := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));

    select pg_snapshot_xmin(pg_current_snapshot()) into v_oldest;  -- before the look
    select array_agg(id order by id) into v_ids from (
        select t.id from ledger_stocktransaction t
        where t.id > case when p_everything then 0 else coalesce(v_last.floor, 0) end
          and not exists (
              select 1 from ledger_sealedtransaction s
              where s.transaction_id = t.id
                and s.transaction_id > case when p_everything then 0 else coalesce(v_last.floor, 0) end)
        order by t.id limit p_limit) unsealed;
    if v_ids is null then
        return null;
    end if;
    v_reached := v_ids[cardinality(v_ids)];

    select max(recent.reached) into v_settled
    from (select horizon, reached from ledger_block order by number desc limit 1000) recent
    where recent.horizon <= v_oldest;
    if cardinality(v_ids) < p_limit then
        v_reached := greatest(v_reached, v_last.reached);
    elsif v_reached < v_settled then
        v_settled := v_reached;  -- what is beyond it may be unsealed
    end if;

    select array_agg(l.leaf order by l.transaction_id) into v_leaves from ledger_leaves(v_ids) l;
    v_root := ledger_root(v_leaves);
    v_now := clock_timestamp();
    insert into ledger_block (number, first, count, root, previous, hash, sealed_at, reached, floor, horizon)
    select v_number, v_first, cardinality(v_ids), v_root, v_previous,
           ledger_block_hash(v_number, v_previous, v_first, cardinality(v_ids), v_root, v_now), v_now,
           v_reached, greatest(v_last.floor, v_settled, 0), pg_snapshot_xmax(pg_current_snapshot());  -- after the look
    insert into ledger_sealedtransaction (position, transaction_id, block_id, leaf)
    select v_first + s.n - 1, s.id, v_number, s.leaf from unnest(v_ids, v_leaves) with ordinality s(id, leaf, n);
    return v_number;
end
$$;

create trigger append_only_rows before update or delete on ledger_block
    for each row execute function refuse_change();
create trigger append_only_table before truncate on ledger_block
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on ledger_sealedtransaction
    for each row execute function refuse_change();
create trigger append_only_table before truncate on ledger_sealedtransaction
    for each statement execute function refuse_change();

-- The application reads blocks and may ask for one; what is in it, the function decides.
revoke insert, update, delete, truncate on ledger_block, ledger_sealedtransaction, ledger_leaf from :role;
grant select on ledger_leaf to :role;
revoke all on function ledger_seal from public;
grant execute on function ledger_seal to :role;
