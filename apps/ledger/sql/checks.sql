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
