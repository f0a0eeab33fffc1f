-- What the posting functions share: one way to refuse, and the rules that goods must pass before they move.

-- Refuses with a state of our own and the facts as JSON, which apps/ledger/errors.py turns into a typed refusal.
create or replace function ledger_refuse(p_state text, p_facts jsonb) returns void
language plpgsql as $$
begin
    raise exception 'the ledger refuses' using errcode = p_state, detail = p_facts::text;
end
$$;

-- Locks lots against a freeze (FOR SHARE, in id order) and refuses what is held or, on its local day, expired.
create or replace function ledger_check_lots(p_warehouse bigint, p_lot bigint[]) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_bad record;
begin
    perform 1 from ledger_lot where id = any(p_lot) order by id for share;

    select lot.number lot, item.number item, hold.reason into v_bad
    from ledger_hold hold
    join ledger_lot lot on lot.id = hold.lot_id
    join catalog_item item on item.id = lot.item_id
    where hold.lot_id = any(p_lot) and hold.closed_at is null
    order by hold.id limit 1;
    if found then
        perform ledger_refuse('SL002', to_jsonb(v_bad));
    end if;

    select lot.number lot, item.number item, lot.expires_on into v_bad
    from ledger_lot lot
    join catalog_item item on item.id = lot.item_id
    join locations_warehouse warehouse on warehouse.id = p_warehouse
    where lot.id = any(p_lot)
      and lot.expires_on <= (clock_timestamp() at time zone warehouse.timezone)::date
    order by lot.id limit 1;
    if found then
        perform ledger_refuse('SL003', to_jsonb(v_bad));
    end if;
end
$$;

-- Refuses for want of goods and names the first: where there never were any, or what a posting under way could not
-- write, whose balance knows no move since `p_first`. `p_balance` are the sources of the moves, `p_into` the targets.
create or replace function ledger_refuse_shortage(
    p_item bigint[], p_source bigint[], p_lot bigint[], p_serial bigint[], p_quantity numeric[], p_consumes bigint[],
    p_balance bigint[], p_into bigint[], p_first bigint
) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_bad record;
begin
    select item.number item, place.code location, lot.number lot, serial.number serial,
           (coalesce(b.on_hand - b.reserved, 0) + coalesce(d.consumed, 0))::text available, d.taken::text requested
    into v_bad
    from (
        select m.item, m.source, m.lot, m.serial, m.balance, sum(m.quantity) taken,
               sum(case when m.consumes is not null then m.quantity else 0 end) consumed
        from unnest(p_item, p_source, p_lot, p_serial, p_balance, p_quantity, p_consumes)
             m(item, source, lot, serial, balance, quantity, consumes)
        group by 1, 2, 3, 4, 5
    ) d
    join locations_location place on place.id = d.source
        and place.kind not in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')
    join catalog_item item on item.id = d.item
    left join ledger_lot lot on lot.id = d.lot
    left join ledger_serialnumber serial on serial.id = d.serial
    left join ledger_stockbalance b on b.id = d.balance
    left join (
        select balance, sum(quantity) quantity from unnest(p_into, p_quantity) m(balance, quantity) group by balance
    ) back on back.balance = b.id
    where b.id is null or coalesce(b.last_move_id, 0) < p_first
    order by b.on_hand - d.taken + coalesce(back.quantity, 0) >= b.reserved - d.consumed nulls first, d.item limit 1;
    perform ledger_refuse('SL001', to_jsonb(v_bad));
end
$$;
