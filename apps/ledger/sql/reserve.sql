-- Speaks for quantities of given balances, each for a document, all or nothing; returns the reservations' ids in the
-- order asked.
create or replace function ledger_reserve(
    p_warehouse bigint, p_document text[], p_expires_at timestamptz, p_balance bigint[], p_quantity numeric[]
) returns bigint[]
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    v_bad record;
    v_ids bigint[];
begin
    perform ledger_check_lots(p_warehouse, array(
        select distinct lot_id from ledger_stockbalance where id = any(p_balance) and lot_id is not null));
    perform 1 from ledger_stockbalance where id = any(p_balance) order by id for no key update;

    select m.quantity::text quantity, format('at most %s decimals are allowed', item.scale) reason into v_bad
    from unnest(p_balance, p_quantity) m(balance, quantity)
    join ledger_stockbalance b on b.id = m.balance
    join catalog_item item on item.id = b.item_id
    where m.quantity <> round(m.quantity, item.scale::int) limit 1;
    if found then
        perform ledger_refuse('SL009', to_jsonb(v_bad));
    end if;

    select item.number item, place.code location, lot.number lot, serial.number serial,
           case when b.id is null or b.warehouse_id <> p_warehouse or b.status <> 'available' or not place.is_active
                     or place.kind not in ('storage', 'pick_face')
                then '0' else (b.on_hand - b.reserved)::text end available,
           d.quantity::text requested
    into v_bad
    from (select balance, sum(quantity) quantity, bool_and(quantity > 0) positive
          from unnest(p_balance, p_quantity) m(balance, quantity) group by balance) d
    left join ledger_stockbalance b on b.id = d.balance
    left join catalog_item item on item.id = b.item_id
    left join locations_location place on place.id = b.location_id
    left join ledger_lot lot on lot.id = b.lot_id
    left join ledger_serialnumber serial on serial.id = b.serial_id
    where b.id is null or b.warehouse_id <> p_warehouse or b.status <> 'available' or not place.is_active
       or place.kind not in ('storage', 'pick_face') or d.positive is not true
       or b.on_hand - b.reserved < d.quantity
    order by d.balance limit 1;
    if found then
        perform ledger_refuse('SL001', to_jsonb(v_bad));
    end if;

    update ledger_stockbalance b set reserved = b.reserved + d.quantity
    from (select balance, sum(quantity) quantity
          from unnest(p_balance, p_quantity) m(balance, quantity) group by balance) d
    where b.id = d.balance;

    with inserted as (
        insert into ledger_reservation
            (warehouse_id, balance_id, quantity, state, document, reserved_at, expires_at, end_reason)
        select p_warehouse, m.balance, m.quantity, 'pending', m.document, clock_timestamp(), p_expires_at, ''
        from unnest(p_document, p_balance, p_quantity) with ordinality m(document, balance, quantity, n)
        order by m.n
        returning id
    )
    select array_agg(id order by id) into v_ids from inserted;
    return coalesce(v_ids, '{}');
end
$$;

-- Locks what may be promised of these items (lots FOR SHARE, then balances in id order) and returns it, so that the
-- choice among bins and lots is made on rows that cannot change until commit.
create or replace function ledger_candidates(p_warehouse bigint, p_item bigint[])
returns table (
    balance_id bigint, item_id bigint, lot_id bigint, serial_id bigint, owner_id bigint, unit_id bigint,
    location_id bigint, free numeric, lot_number text, expires_on date, lot_created_at timestamptz,
    location_code text, location_kind text, pick_sequence integer, first_in bigint
)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    perform 1 from ledger_lot
    where id in (select b.lot_id from ledger_stockbalance b
                 where b.warehouse_id = p_warehouse and b.item_id = any(p_item) and b.status = 'available'
                   and b.on_hand > b.reserved)
    order by id for share;
    perform 1 from ledger_stockbalance b
    where b.warehouse_id = p_warehouse and b.item_id = any(p_item) and b.status = 'available'
      and b.on_hand > b.reserved
    order by b.id for no key update;
    return query
        select b.id, b.item_id, b.lot_id, b.serial_id, b.owner_id, b.unit_id, b.location_id,
               (b.on_hand - b.reserved)::numeric, lot.number::text, lot.expires_on, lot.created_at,
               place.code::text, place.kind::text, place.pick_sequence, b.last_move_id
        from ledger_stockbalance b
        join locations_location place on place.id = b.location_id
        left join ledger_lot lot on lot.id = b.lot_id
        where b.warehouse_id = p_warehouse and b.item_id = any(p_item) and b.status = 'available'
          and b.on_hand > b.reserved and place.is_active and place.kind in ('storage', 'pick_face')
          and not exists (select 1 from ledger_hold h where h.lot_id = b.lot_id and h.closed_at is null)
        order by b.id;
end
$$;

-- Ends pending reservations and frees their stock; refuses one that has ended already.
create or replace function ledger_release(p_reservation bigint[], p_reason text) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_bad record;
    v_count integer;
begin
    perform 1 from ledger_reservation where id = any(p_reservation) order by id for no key update;
    select document, state, quantity::text quantity into v_bad
    from ledger_reservation where id = any(p_reservation) and state <> 'pending' limit 1;
    if found then
        perform ledger_refuse('SL004', to_jsonb(v_bad));
    end if;
    perform 1 from ledger_stockbalance
    where id in (select balance_id from ledger_reservation where id = any(p_reservation))
    order by id for no key update;
    update ledger_stockbalance b set reserved = b.reserved - d.quantity
    from (select balance_id, sum(quantity) quantity from ledger_reservation
          where id = any(p_reservation) group by balance_id) d
    where b.id = d.balance_id;
    update ledger_reservation set state = 'released', ended_at = clock_timestamp(), end_reason = p_reason
    where id = any(p_reservation);
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

-- Releases what was reserved only until now; rows that somebody is working on wait for the next sweep.
create or replace function ledger_expire_reservations(p_limit integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    return ledger_release(array(
        select id from ledger_reservation
        where state = 'pending' and expires_at <= clock_timestamp()
        order by id limit p_limit for no key update skip locked), 'expired');
end
$$;
