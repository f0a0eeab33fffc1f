-- Handling units: what is nested moves as one, a unit stands in one place, and a closed one takes nothing.
-- All that changes how units stand in each other locks the whole tree first, in id order, before any lot.

-- Locks units with all that they are in and all that is in them; the trees' ids. A rival who nests meanwhile makes
-- the tree grow, so it is asked again until it is all locked.
create or replace function ledger_lock_units(p_unit bigint[]) returns bigint[]
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_locked bigint[] := '{}';
    v_tree bigint[];
begin
    loop
        with recursive above as (
            select id, parent_id from ledger_handlingunit where id = any(p_unit)
            union
            select parent.id, parent.parent_id
            from ledger_handlingunit parent join above on parent.id = above.parent_id
        ), tree as (
            select id from above
            union
            select child.id from ledger_handlingunit child join tree on child.parent_id = tree.id
        )
        select coalesce(array_agg(id), '{}') into v_tree from tree;
        exit when v_tree <@ v_locked;
        perform 1 from ledger_handlingunit where id = any(v_tree) order by id for no key update;
        v_locked := v_tree;
    end loop;
    return v_tree;
end
$$;

-- Refuses units that a document counts on, and units that are out of use.
create or replace function ledger_check_free_units(p_unit bigint[]) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_bad record;
begin
    select number, kind, document, retired_at into v_bad from ledger_handlingunit
    where id = any(p_unit) and (document <> '' or retired_at is not null) order by id limit 1;
    if not found then
        return;
    elsif v_bad.document <> '' then
        perform ledger_refuse('SL025', jsonb_build_object(
            'what', v_bad.kind || ' ' || v_bad.number, 'document', v_bad.document));
    end if;
    perform ledger_refuse('SL021', jsonb_build_object('unit', v_bad.number));
end
$$;

-- Refuses goods for a unit that is closed, stands in a closed one, or is out of use. Goods that were in it stay free.
create or replace function ledger_check_open_units(p_source_unit bigint[], p_target_unit bigint[]) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_bad record;
begin
    with recursive taking as (
        select u.id, u.parent_id, u.number, u.closed_at, u.retired_at
        from unnest(p_source_unit, p_target_unit) m(source, target)
        join ledger_handlingunit u on u.id = m.target
        where m.source is distinct from m.target
        union
        select parent.id, parent.parent_id, parent.number, parent.closed_at, parent.retired_at
        from ledger_handlingunit parent join taking on parent.id = taking.parent_id
    )
    select number unit, retired_at is not null retired into v_bad
    from taking where closed_at is not null or retired_at is not null order by id limit 1;
    if found then
        perform ledger_refuse(case when v_bad.retired then 'SL021' else 'SL020' end,
                              jsonb_build_object('unit', v_bad.unit));
    end if;
end
$$;

-- Makes empty handling units without a place; the first goods or the first unit put into one place it. A number that
-- any unit bears or ever bore is refused.
create or replace function ledger_open_units(
    p_warehouse bigint, p_kind text, p_number text[], p_sscc text[], p_document text
) returns bigint[]
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_ids bigint[];
    v_taken text;
begin
    begin
        with inserted as (
            insert into ledger_handlingunit (warehouse_id, number, kind, sscc, document, created_at)
            select p_warehouse, u.number, p_kind, u.sscc, p_document, clock_timestamp()
            from unnest(p_number, p_sscc) with ordinality u(number, sscc, n) order by u.n
            returning id
        )
        select array_agg(id order by id) into v_ids from inserted;
    exception when unique_violation then
        perform ledger_refuse('SL024', jsonb_build_object('number', array_to_string(p_number, ', ')));
    end;
    -- Asked after the insert, which waited for whoever was giving the number up.
    select number into v_taken from ledger_unitlabel where number = any(p_number || p_sscc) limit 1;
    if found then
        perform ledger_refuse('SL024', jsonb_build_object('number', v_taken));
    end if;
    return v_ids;
end
$$;

-- Moves whole handling units, with what is nested in them and all their contents, in one posting. Units without any
-- goods are refused unless `p_empty` says that these too may be carried: then nothing is posted.
create or replace function ledger_move_units(
    p_warehouse bigint, p_kind text, p_document text, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text, p_unit bigint[], p_target bigint, p_empty boolean
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_units bigint[];
    v_bad record;
    m record;
begin
    v_units := ledger_lock_units(p_unit);

    select unit.number unit, place.code location, '' target into v_bad
    from ledger_handlingunit unit left join locations_location place on place.id = unit.location_id
    where unit.id = any(v_units)
      and (unit.warehouse_id <> p_warehouse or unit.location_id is null
           or (unit.id = any(p_unit) and unit.parent_id is not null)
           or place.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')
           or (not p_empty and not exists (select 1 from ledger_stockbalance b
                                           where b.unit_id = any(v_units) and b.on_hand > 0))) limit 1;
    if found then
        perform ledger_refuse('SL006', to_jsonb(v_bad));
    end if;

    select array_agg(b.item_id order by b.id) item, array_agg(b.on_hand order by b.id) quantity,
           array_agg(b.lot_id order by b.id) lot, array_agg(b.serial_id order by b.id) serial,
           array_agg(b.owner_id order by b.id) owner, array_agg(b.location_id order by b.id) source,
           array_agg(b.unit_id order by b.id) unit, array_agg(b.status::text order by b.id) status,
           array_agg(p_target order by b.id) target, array_agg(null::numeric) cost, array_agg(null::bigint) consumes
    into m
    from ledger_stockbalance b where b.unit_id = any(v_units) and b.on_hand > 0;

    update ledger_handlingunit set location_id = p_target where id = any(v_units);
    if m.item is null then
        return null;
    end if;
    return ledger_post(p_warehouse, p_kind, p_document, p_reason, p_occurred_at, p_by, p_device, p_actor, p_key, null,
                       m.item, m.quantity, m.lot, m.serial, m.owner, m.source, m.unit, m.status,
                       m.target, m.unit, m.status, m.cost, m.consumes);
end
$$;

-- Brings units that a posting moved whole back to where it took them from, for its reversal. Refused when a unit was
-- nested or taken out since, or holds goods that the posting did not bring: they would be torn apart.
create or replace function ledger_return_units(p_transaction bigint) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_units bigint[];
    v_bad record;
begin
    v_units := ledger_lock_units(array(
        select distinct target_unit_id from ledger_stockmove
        where transaction_id = p_transaction and source_unit_id = target_unit_id and source_id <> target_id));

    select unit.number unit, place.code location, '' target into v_bad
    from ledger_handlingunit unit
    left join locations_location place on place.id = unit.location_id
    where unit.id = any(v_units)
      and (unit.nested_at > (select recorded_at from ledger_stocktransaction where id = p_transaction)
           or exists (
               select 1 from ledger_stockbalance b
               where b.unit_id = unit.id and b.on_hand > coalesce((
                   select sum(m.quantity) from ledger_stockmove m
                   where m.transaction_id = p_transaction and m.target_unit_id = b.unit_id
                     and m.item_id = b.item_id and m.target_id = b.location_id and m.target_status = b.status
                     and m.lot_id is not distinct from b.lot_id and m.serial_id is not distinct from b.serial_id
                     and m.owner_id is not distinct from b.owner_id), 0)))
    order by unit.id limit 1;
    if found then
        perform ledger_refuse('SL006', to_jsonb(v_bad));
    end if;

    with recursive up as (
        select unit.id, unit.parent_id, move.source_id
        from ledger_stockmove move join ledger_handlingunit unit on unit.id = move.target_unit_id
        where move.transaction_id = p_transaction and move.source_unit_id = move.target_unit_id
          and move.source_id <> move.target_id
        union
        select parent.id, parent.parent_id, up.source_id
        from ledger_handlingunit parent join up on parent.id = up.parent_id
    ), down as (
        select id, source_id from up
        union
        select child.id, down.source_id from ledger_handlingunit child join down on child.parent_id = down.id
    )
    update ledger_handlingunit unit set location_id = down.source_id from down where unit.id = down.id;
end
$$;
