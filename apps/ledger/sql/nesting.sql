-- How handling units stand in each other, and what becomes of a unit: nested, taken out, merged, closed, relabelled,
-- retired. None of it for a unit that serves a document: that document counts on it.

-- Puts a unit with all that is in it into another, where both stand; one of them that has no place yet takes the
-- other's. No unit ends up inside itself, under more than four, or in a smaller kind.
create or replace function ledger_nest_unit(p_unit bigint, p_into bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_sizes constant text[] := array['carton', 'pallet', 'container'];  -- a tote is as large as a carton
    v_unit ledger_handlingunit;
    v_into ledger_handlingunit;
    v_place record;
    v_below bigint[];
    v_levels integer;
    v_problem text;
begin
    perform ledger_lock_units(array[p_unit, p_into]);
    perform ledger_check_free_units(array[p_unit, p_into]);
    perform ledger_check_open_units(array[null::bigint], array[p_into]);
    select * into strict v_unit from ledger_handlingunit where id = p_unit;
    select * into strict v_into from ledger_handlingunit where id = p_into;

    with recursive below as (
        select id, 1 as level from ledger_handlingunit where id = p_unit
        union
        select child.id, below.level + 1 from ledger_handlingunit child join below on child.parent_id = below.id
    ), above as (
        select id, parent_id, 1 as level from ledger_handlingunit where id = p_into
        union
        select parent.id, parent.parent_id, above.level + 1
        from ledger_handlingunit parent join above on parent.id = above.parent_id
    )
    select (select array_agg(id) from below), (select max(level) from below) + (select max(level) from above)
    into v_below, v_levels;
    v_problem := case
        when p_into = any(v_below) then 'cycle'
        when v_unit.warehouse_id <> v_into.warehouse_id then 'warehouse'
        when array_position(v_sizes, replace(v_unit.kind, 'tote', 'carton'))
             > array_position(v_sizes, replace(v_into.kind, 'tote', 'carton')) then 'size'
        when v_levels > 4 then 'depth'
    end;
    if v_problem is not null then
        perform ledger_refuse('SL022', jsonb_build_object(
            'unit', v_unit.number, 'into', v_into.number, 'problem', v_problem));
    end if;

    select id, code, kind into v_place from locations_location
    where id = coalesce(v_unit.location_id, v_into.location_id);
    if not found or v_unit.location_id <> v_into.location_id
       or v_place.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites') then
        perform ledger_refuse('SL006', jsonb_build_object(
            'unit', v_unit.number, 'location', v_place.code,
            'target', (select code from locations_location where id = v_into.location_id)));
    end if;
    update ledger_handlingunit set location_id = v_place.id where id in (p_unit, p_into) and location_id is null;
    update ledger_handlingunit set parent_id = p_into, nested_at = clock_timestamp() where id = p_unit;
end
$$;

-- Takes a unit out of the one that it is in; it stays where both stand.
create or replace function ledger_unnest_unit(p_unit bigint) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_unit ledger_handlingunit;
begin
    perform ledger_lock_units(array[p_unit]);
    perform ledger_check_free_units(array[p_unit]);
    select * into strict v_unit from ledger_handlingunit where id = p_unit;
    if v_unit.parent_id is null then
        perform ledger_refuse('SL022', jsonb_build_object('unit', v_unit.number, 'into', '', 'problem', 'loose'));
    end if;
    update ledger_handlingunit set parent_id = null, nested_at = clock_timestamp() where id = p_unit;
    return v_unit.parent_id;
end
$$;

-- Puts all goods of a unit into another that stands there, in one posting; units nested in it change over with them.
-- Null when it held units only.
create or replace function ledger_merge_units(
    p_warehouse bigint, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text, p_unit bigint, p_into bigint
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_unit ledger_handlingunit;
    v_into ledger_handlingunit;
    v_child bigint;
    m record;
begin
    perform ledger_lock_units(array[p_unit, p_into]);
    perform ledger_check_free_units(array[p_unit, p_into]);
    perform ledger_check_open_units(array[p_unit], array[p_into]);
    select * into strict v_unit from ledger_handlingunit where id = p_unit;
    select * into strict v_into from ledger_handlingunit where id = p_into;
    if p_unit = p_into then
        perform ledger_refuse('SL022', jsonb_build_object(
            'unit', v_unit.number, 'into', v_into.number, 'problem', 'cycle'));
    end if;
    if v_unit.location_id is null or v_unit.location_id <> v_into.location_id then
        perform ledger_refuse('SL006', jsonb_build_object(
            'unit', v_unit.number, 'location', (select code from locations_location where id = v_unit.location_id),
            'target', (select code from locations_location where id = v_into.location_id)));
    end if;

    for v_child in select id from ledger_handlingunit where parent_id = p_unit and id <> p_into order by id loop
        perform ledger_nest_unit(v_child, p_into);
    end loop;

    select array_agg(b.item_id order by b.id) item, array_agg(b.on_hand order by b.id) quantity,
           array_agg(b.lot_id order by b.id) lot, array_agg(b.serial_id order by b.id) serial,
           array_agg(b.owner_id order by b.id) owner, array_agg(b.location_id order by b.id) place,
           array_agg(b.unit_id order by b.id) source, array_agg(b.status::text order by b.id) status,
           array_agg(p_into order by b.id) target, array_agg(null::numeric) cost, array_agg(null::bigint) consumes
    into m
    from ledger_stockbalance b where b.unit_id = p_unit and b.on_hand > 0;
    if m.item is null then
        return null;
    end if;
    return ledger_post(p_warehouse, 'move', '', p_reason, p_occurred_at, p_by, p_device, p_actor, p_key, null,
                       m.item, m.quantity, m.lot, m.serial, m.owner, m.place, m.source, m.status,
                       m.place, m.target, m.status, m.cost, m.consumes);
end
$$;

-- Closes a unit, so that it takes nothing until it is opened again, or opens it.
create or replace function ledger_close_unit(p_unit bigint, p_closed boolean) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform ledger_lock_units(array[p_unit]);
    perform ledger_check_free_units(array[p_unit]);
    update ledger_handlingunit
    set closed_at = case when p_closed then coalesce(closed_at, clock_timestamp()) end where id = p_unit;
end
$$;

-- Gives a unit a new SSCC; the number that it bore stays its own for good and leads to it.
create or replace function ledger_relabel_unit(p_unit bigint, p_sscc text, p_by bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_unit ledger_handlingunit;
begin
    perform ledger_lock_units(array[p_unit]);
    perform ledger_check_free_units(array[p_unit]);
    select * into strict v_unit from ledger_handlingunit where id = p_unit;
    begin
        update ledger_handlingunit set number = p_sscc, sscc = p_sscc where id = p_unit;
        if v_unit.number = p_sscc or exists (select 1 from ledger_unitlabel where number = p_sscc) then
            raise unique_violation;
        end if;
        insert into ledger_unitlabel (unit_id, number, replaced_at, replaced_by_id)
        select p_unit, number, clock_timestamp(), p_by
        from (select v_unit.number union select v_unit.sscc) old(number)
        where number is not null;
    exception when unique_violation then
        perform ledger_refuse('SL024', jsonb_build_object('number', p_sscc));
    end;
end
$$;

-- Takes units out of use: nothing may be in them. They stand nowhere from then on and take nothing. A document may
-- retire what serves it.
create or replace function ledger_retire_units(p_unit bigint[], p_document text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_full text;
begin
    perform ledger_lock_units(p_unit);
    perform ledger_check_free_units(array(
        select id from ledger_handlingunit
        where id = any(p_unit) and (document <> p_document or retired_at is not null)));
    select number into v_full from ledger_handlingunit unit
    where id = any(p_unit)
      and (exists (select 1 from ledger_stockbalance b where b.unit_id = unit.id and b.on_hand > 0)
           or exists (select 1 from ledger_handlingunit child where child.parent_id = unit.id))
    order by id limit 1;
    if found then
        perform ledger_refuse('SL023', jsonb_build_object('unit', v_full));
    end if;
    update ledger_handlingunit
    set retired_at = clock_timestamp(), nested_at = clock_timestamp(), location_id = null, parent_id = null
    where id = any(p_unit);
end
$$;

-- Says where a new, empty unit stands.
create or replace function ledger_place_unit(p_unit bigint, p_location bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform ledger_lock_units(array[p_unit]);
    update ledger_handlingunit unit set location_id = p_location
    from locations_location place
    where unit.id = p_unit and unit.location_id is null and unit.retired_at is null and unit.parent_id is null
      and place.id = p_location and place.warehouse_id = unit.warehouse_id;
end
$$;
