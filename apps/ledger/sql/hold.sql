-- Freezes lots everywhere at once: waits for every posting that is using them, then no reservation of them stands.
create or replace function ledger_hold(
    p_lot bigint[], p_reason text, p_note text, p_source text, p_by bigint
) returns bigint[]
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_ids bigint[];
begin
    perform 1 from ledger_lot where id = any(p_lot) order by id for update;
    with inserted as (
        insert into ledger_hold (lot_id, reason, note, source, opened_at, opened_by_id, close_note)
        select id, p_reason, p_note, p_source, clock_timestamp(), p_by, ''
        from ledger_lot where id = any(p_lot) order by id
        returning id
    )
    select array_agg(id order by id) into v_ids from inserted;
    -- Locked here, so that one which ends at this moment is waited for and then left alone.
    perform ledger_release(array(
        select id from ledger_reservation
        where state = 'pending' and balance_id in (select id from ledger_stockbalance where lot_id = any(p_lot))
        order by id for no key update), 'hold');
    return coalesce(v_ids, '{}');
end
$$;

-- Ends holds; a lot is free again when no other hold on it is open. Refuses one that has ended already.
create or replace function ledger_unhold(p_hold bigint[], p_note text, p_by bigint) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_count integer;
begin
    perform 1 from ledger_lot where id in (select lot_id from ledger_hold where id = any(p_hold))
    order by id for update;
    update ledger_hold set closed_at = clock_timestamp(), closed_by_id = p_by, close_note = p_note
    where id = any(p_hold) and closed_at is null;
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_hold) then
        perform ledger_refuse('SL007', '{}');
    end if;
    return v_count;
end
$$;
