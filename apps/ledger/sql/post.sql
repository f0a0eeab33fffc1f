-- The one writer of stock. One call posts one move or ten thousand: check, lock in order, decide, insert, update.
-- Lock order: handling units, lots, reservations, balances; each in id order (docs/ARCHITECTURE.md).
create or replace function ledger_post(
    p_warehouse bigint, p_kind text, p_document text, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text, p_reverses bigint,
    p_item bigint[], p_quantity numeric[], p_lot bigint[], p_serial bigint[], p_owner bigint[],
    p_source bigint[], p_source_unit bigint[], p_source_status text[],
    p_target bigint[], p_target_unit bigint[], p_target_status text[],
    p_unit_cost numeric[], p_consumes bigint[]
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    v_bad record;
    v_missing boolean;
    v_nothing boolean;  -- a place that goods are taken from has never had them
    v_claims boolean;
    v_reserved boolean;
    v_short boolean;
    v_serials boolean;
    v_lots bigint[];
    v_units bigint[];
    v_source bigint[];  -- balance each move takes from, null where its source is virtual
    v_target bigint[];  -- balance each move adds to, null where its target is virtual
    v_made bigint[];  -- of the balances that are new
    v_carried_from bigint[] := '{}';
    v_carried_to bigint[] := '{}';
    v_carried numeric[] := '{}';
    v_transaction bigint;
    v_moves bigint[];
    v_now timestamptz;
begin
    -- A plan that is kept may be of a time when a table was small, and read all of it for each move. For a few that is
    -- nothing; for thousands planning anew is.
    if cardinality(p_item) > 500 then
        perform set_config('plan_cache_mode', 'force_custom_plan', true);
    end if;

    -- 1. Each move by itself: what is moved fits its item, and both places are here and in use.
    select * into v_bad
    from (
        select m.n, item.number item, lot.number lot, serial.number serial, m.quantity::text quantity,
               source.code source, target.code target,
               case
                   when item.id is null or source.id is null or target.id is null then 'unknown'
                   when m.quantity is null or m.quantity <= 0 or m.quantity >= 1e12  -- NaN sorts above every number
                       or m.quantity <> round(m.quantity, item.scale::int)
                       then 'quantity'
                   when source.warehouse_id <> p_warehouse or target.warehouse_id <> p_warehouse then 'warehouse'
                   when not target.is_active then 'inactive'
                   when (source.frozen_for <> '' or target.frozen_for <> '') and p_kind <> 'adjust'
                       then 'frozen'
                   when (item.tracking in ('lot', 'both')) <> (m.lot is not null) then 'lot'
                   when lot.item_id <> item.id or serial.item_id <> item.id then 'other_item'
                   when (item.tracking in ('serial', 'both')) <> (m.serial is not null) then 'serial'
                   when m.serial is not null and m.quantity <> 1 then 'serial_quantity'
                   when (source.kind = 'sites' or target.kind = 'sites') and p_kind not in ('dispatch', 'transit')
                       then 'site'
                   when target.kind in ('customer', 'sites') and m.source_status <> 'available' and p_kind <> 'reversal'
                       then 'status'
               end problem
        from unnest(p_item, p_quantity, p_lot, p_serial, p_source, p_source_status, p_target)
             with ordinality m(item, quantity, lot, serial, source, source_status, target, n)
        left join catalog_item item on item.id = m.item
        left join ledger_lot lot on lot.id = m.lot
        left join ledger_serialnumber serial on serial.id = m.serial
        left join locations_location source on source.id = m.source
        left join locations_location target on target.id = m.target
    ) checked
    where problem is not null order by n limit 1;
    if found then
        perform ledger_refuse('SL005', to_jsonb(v_bad));
    end if;

    -- 2. A handling unit stands in one place: goods go into it where it stands; an empty one is placed by them.
    v_units := array_remove(p_source_unit || p_target_unit, null);
    if cardinality(v_units) > 0 then
        perform 1 from ledger_handlingunit where id = any(v_units) order by id for no key update;
        perform ledger_check_open_units(p_source_unit, p_target_unit);
        update ledger_handlingunit unit set location_id = m.target
        from unnest(p_target_unit, p_target) m(unit, target)
        where unit.id = m.unit and unit.location_id is null and unit.parent_id is null;
        select unit.number unit, place.code location, target.code target into v_bad
        from unnest(p_target_unit, p_target) m(unit, target)
        join ledger_handlingunit unit on unit.id = m.unit
        left join locations_location place on place.id = unit.location_id
        join locations_location target on target.id = m.target
        where unit.location_id is distinct from m.target limit 1;
        if found then
            perform ledger_refuse('SL006', to_jsonb(v_bad));
        end if;
    end if;

    -- 3. Lots: every posting holds them against a freeze; what leads to a customer must be neither held nor expired.
    v_lots := array_remove(p_lot, null);
    if cardinality(v_lots) > 0 then
        if p_kind in ('pick', 'pack', 'load', 'ship', 'dispatch', 'consume') then
            perform ledger_check_lots(p_warehouse, v_lots);
        else
            perform 1 from ledger_lot where id = any(v_lots) order by id for share;
            -- The kind is the caller's word; the place is the ledger's: goods that leave are checked in any case.
            v_lots := array(
                select distinct m.lot from unnest(p_lot, p_target, p_consumes) m(lot, target, consumes)
                join locations_location target on target.id = m.target
                where m.lot is not null and (target.kind in ('customer', 'production', 'sites') or m.consumes is not null)
            );
            if cardinality(v_lots) > 0 and p_kind <> 'reversal' then
                perform ledger_check_lots(p_warehouse, v_lots);
            end if;
        end if;
    end if;

    -- 4. The balances: those of new keys are made empty, in key order.
    for v_round in 1..2 loop
        select array_agg(source.id order by m.n), array_agg(target.id order by m.n),
               bool_or(source.id is null and origin.kind not in
                   ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')),
               bool_or(target.id is null and place.kind not in
                   ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')),
               coalesce(bool_or(source.reserved > 0), false)
        into v_source, v_target, v_nothing, v_missing, v_claims
        from unnest(p_item, p_lot, p_serial, p_owner, p_source, p_source_unit, p_source_status,
                    p_target, p_target_unit, p_target_status)
             with ordinality m(item, lot, serial, owner, source, source_unit, source_status,
                               target, target_unit, target_status, n)
        join locations_location origin on origin.id = m.source
        join locations_location place on place.id = m.target
        left join ledger_stockbalance source
            on source.warehouse_id = p_warehouse and source.item_id = m.item and source.location_id = m.source
            and coalesce(source.lot_id, 0) = coalesce(m.lot, 0) and source.status = m.source_status
            and coalesce(source.serial_id, 0) = coalesce(m.serial, 0)
            and coalesce(source.owner_id, 0) = coalesce(m.owner, 0)
            and coalesce(source.unit_id, 0) = coalesce(m.source_unit, 0)
        left join ledger_stockbalance target
            on target.warehouse_id = p_warehouse and target.item_id = m.item and target.location_id = m.target
            and coalesce(target.lot_id, 0) = coalesce(m.lot, 0) and target.status = m.target_status
            and coalesce(target.serial_id, 0) = coalesce(m.serial, 0)
            and coalesce(target.owner_id, 0) = coalesce(m.owner, 0)
            and coalesce(target.unit_id, 0) = coalesce(m.target_unit, 0);
        exit when not v_missing;
        if v_round = 2 then
            raise exception 'a balance vanished while it was made';  -- balances are never deleted
        end if;
        with made as (
            insert into ledger_stockbalance
                (warehouse_id, item_id, location_id, lot_id, status, serial_id, owner_id, unit_id, on_hand, reserved)
            select distinct p_warehouse, m.item, m.target, m.lot, m.target_status, m.serial, m.owner, m.target_unit, 0, 0
            from unnest(p_item, p_lot, p_serial, p_owner, p_target, p_target_unit, p_target_status, v_target)
                 m(item, lot, serial, owner, target, target_unit, target_status, balance)
            join locations_location place on place.id = m.target
                and place.kind not in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')
            where m.balance is null
            order by 2, 3, 4, 5, 6, 7, 8
            on conflict do nothing returning id
        )
        select array_agg(id) into v_made from made;
        if cardinality(p_item) = 1 and v_made is not null then
            v_target := v_made;  -- whose else: nothing is to be looked up again
            exit;
        end if;
    end loop;
    if v_nothing then
        perform ledger_refuse_shortage(
            p_item, p_source, p_lot, p_serial, p_quantity, p_consumes, v_source, v_target, null);
    end if;
    v_claims := v_claims or array_remove(p_consumes, null) <> '{}';

    -- 5. Locks, in id order: the reservations that are consumed or may have to go along, then all balances. What is
    --    consumed must be pending, reserved right here, and hold what all moves together take of it.
    if v_claims then
        perform 1 from ledger_reservation
        where id in (
            select c from unnest(p_consumes) c
            union all
            select r.id from unnest(v_source, p_consumes) m(source, consumes)
            join ledger_reservation r on r.balance_id = m.source and r.state = 'pending'
            where m.consumes is null)
        order by id for no key update;
    end if;
    select coalesce(bool_or(reserved > 0), false) into v_reserved
    from (
        select reserved from ledger_stockbalance where id = any(v_source || v_target) order by id for no key update
    ) held;
    if v_claims then
        select coalesce(r.document, '?') document, coalesce(r.state, 'unknown') state,
               coalesce(r.quantity, 0)::text quantity
        into v_bad
        from (select consumes, source, sum(quantity) over (partition by consumes) quantity
              from unnest(p_consumes, v_source, p_quantity) m(consumes, source, quantity)
              where consumes is not null) m
        left join ledger_reservation r on r.id = m.consumes
        where r.id is null or r.state <> 'pending' or r.balance_id is distinct from m.source or m.quantity > r.quantity
        order by m.consumes limit 1;
        if found then
            perform ledger_refuse('SL004', to_jsonb(v_bad));
        end if;
    end if;

    -- 6. Reserved goods may go to another bin that is picked from and take their claims along; not those that are
    --    taken for who has reserved them.
    if v_reserved and array_position(p_consumes, null) is not null then
        select c.from_balance, c.to_balance, c.amount into v_carried_from, v_carried_to, v_carried
        from ledger_carry(p_source_status, p_target, v_source, v_target, p_quantity, p_consumes) c;
    end if;

    -- 7. Write: the header and its moves take their ids under the locks, so within a balance id order is posting order.
    v_now := clock_timestamp();
    insert into ledger_stocktransaction
        (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id, device_id, actor, key, reverses_id, xid)
    values (p_warehouse, p_kind, p_document, p_reason, coalesce(p_occurred_at, v_now), v_now, p_by, p_device,
            p_actor, p_key, p_reverses, pg_current_xact_id())
    returning id into v_transaction;

    with inserted as (
        insert into ledger_stockmove
            (transaction_id, warehouse_id, item_id, lot_id, serial_id, owner_id, quantity, source_id, source_unit_id,
             source_status, target_id, target_unit_id, target_status, unit_cost, recorded_at)
        select v_transaction, p_warehouse, m.item, m.lot, m.serial, m.owner, m.quantity, m.source, m.source_unit,
               m.source_status, m.target, m.target_unit, m.target_status, m.unit_cost, v_now
        from unnest(p_item, p_lot, p_serial, p_owner, p_quantity, p_source, p_source_unit, p_source_status,
                    p_target, p_target_unit, p_target_status, p_unit_cost)
             with ordinality m(item, lot, serial, owner, quantity, source, source_unit, source_status,
                               target, target_unit, target_status, unit_cost, n)
        order by m.n
        returning id
    )
    select array_agg(id order by id) into v_moves from inserted;

    -- A balance is written only where enough is left for who has reserved it; what was not written is refused by name.
    -- A serial number's old balance must be empty before its new one is filled: what falls goes first. Without serial
    -- numbers all go at once.
    v_serials := array_remove(p_serial, null) <> '{}';
    for v_falling in 0..v_serials::int loop
        with net as (
            select balance, sum(delta) delta, sum(reserved) reserved, max(move) move
            from (
                select balance, -quantity delta, case when consumes is null then 0 else -quantity end reserved, move
                from unnest(v_source, p_quantity, p_consumes, v_moves) s(balance, quantity, consumes, move)
                union all
                select balance, quantity, 0, move from unnest(v_target, p_quantity, v_moves) t(balance, quantity, move)
                union all
                select balance, 0, -amount, null from unnest(v_carried_from, v_carried) c(balance, amount)
                union all
                select balance, 0, amount, null from unnest(v_carried_to, v_carried) c(balance, amount)
            ) part
            where balance is not null group by balance
            having not v_serials or (sum(delta) < 0) = (v_falling = 0)
        ), written as (
            update ledger_stockbalance b
            set on_hand = b.on_hand + net.delta, reserved = b.reserved + net.reserved, last_move_id = net.move
            from net
            where b.id = net.balance and b.on_hand + net.delta >= b.reserved + net.reserved
            returning 1
        )
        select (select count(*) from written) < (select count(*) from net) into v_short;
        if v_short then
            perform ledger_refuse_shortage(
                p_item, p_source, p_lot, p_serial, p_quantity, p_consumes, v_source, v_target, v_moves[1]);
        end if;
    end loop;

    -- 8. Consumed reservations end; what was not taken of one stays pending as a row of its own.
    if v_claims then
        insert into ledger_reservation
            (warehouse_id, balance_id, origin_id, quantity, state, document, reserved_at, expires_at, end_reason)
        select r.warehouse_id, r.balance_id, coalesce(r.origin_id, r.id), r.quantity - m.quantity, 'pending',
               r.document, r.reserved_at, r.expires_at, ''
        from (select consumes, sum(quantity) quantity from unnest(p_consumes, p_quantity) m(consumes, quantity)
              group by consumes) m
        join ledger_reservation r on r.id = m.consumes
        where m.quantity < r.quantity;
        update ledger_reservation r
        set state = 'consumed', quantity = m.quantity, ended_at = v_now, end_reason = p_kind
        from (select consumes, sum(quantity) quantity from unnest(p_consumes, p_quantity) m(consumes, quantity)
              group by consumes) m
        where r.id = m.consumes;
    end if;

    return v_transaction;
end
$$;
