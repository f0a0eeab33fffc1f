-- Goods go to another site: the one call that posts in two warehouses, so that neither knows what the other does not.

-- Moves whole handling units, with what is nested in them and all their contents, out of a warehouse and into a place of
-- another: transit. Two postings under one document, each the other's counterpart at the virtual places that stand for
-- the other sites; the key guards the first, and so both. The units are the other warehouse's from then on. The ids of
-- the postings, the sender's first.
create or replace function ledger_dispatch(
    p_warehouse bigint, p_target bigint, p_document text, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text, p_unit bigint[]
) returns bigint[]
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_units bigint[];
    v_bad record;
    v_into bigint;  -- the other warehouse
    v_out bigint;  -- where goods leave to, here
    v_in bigint;  -- where they come from, there
    v_left bigint;
    v_came bigint;
    m record;
begin
    v_units := ledger_lock_units(p_unit);

    select unit.number unit, place.code location, '' target into v_bad
    from ledger_handlingunit unit left join locations_location place on place.id = unit.location_id
    where unit.id = any(v_units)
      and (unit.warehouse_id <> p_warehouse or unit.location_id is null
           or (unit.id = any(p_unit) and unit.parent_id is not null)
           or place.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')) limit 1;
    if found then
        perform ledger_refuse('SL006', to_jsonb(v_bad));
    end if;

    select array_agg(b.item_id order by b.id) item, array_agg(b.on_hand order by b.id) quantity,
           array_agg(b.lot_id order by b.id) lot, array_agg(b.serial_id order by b.id) serial,
           array_agg(b.owner_id order by b.id) owner, array_agg(b.location_id order by b.id) source,
           array_agg(b.unit_id order by b.id) unit, array_agg(b.status::text order by b.id) status,
           array_agg(null::numeric) cost, array_agg(null::bigint) consumes
    into m
    from ledger_stockbalance b where b.unit_id = any(v_units) and b.on_hand > 0;

    select place.warehouse_id into v_into from locations_location place
    where place.id = p_target and place.kind = 'transit' and place.warehouse_id <> p_warehouse;
    select id into v_out from locations_location where warehouse_id = p_warehouse and kind = 'sites';
    select id into v_in from locations_location where warehouse_id = v_into and kind = 'sites';
    if m.item is null then
        select number unit, '' as location, '' as target into v_bad
        from ledger_handlingunit where id = any(p_unit) order by id limit 1;
        perform ledger_refuse('SL006', to_jsonb(v_bad));
    elsif v_out is null or v_in is null then
        select item.number item, null::text as lot, null::text as serial, null::text as quantity,
               '' as source, coalesce(place.code, '') target, 'site' problem into v_bad
        from catalog_item item left join locations_location place on place.id = p_target
        where item.id = m.item[1];
        perform ledger_refuse('SL005', to_jsonb(v_bad));
    end if;

    update ledger_handlingunit set location_id = v_out where id = any(v_units);
    v_left := ledger_post(p_warehouse, 'dispatch', p_document, p_reason, p_occurred_at, p_by, p_device, p_actor, p_key,
                          null, m.item, m.quantity, m.lot, m.serial, m.owner, m.source, m.unit, m.status,
                          array_fill(v_out, array[cardinality(m.item)]), m.unit, m.status, m.cost, m.consumes);
    -- On the road they serve the document that sent them, also those that served none: nobody else moves them.
    update ledger_handlingunit
    set location_id = p_target, warehouse_id = v_into,
        document = case when document = '' then p_document else document end
    where id = any(v_units);
    v_came := ledger_post(v_into, 'transit', p_document, p_reason, p_occurred_at, p_by, p_device, p_actor, null,
                          null, m.item, m.quantity, m.lot, m.serial, m.owner,
                          array_fill(v_in, array[cardinality(m.item)]), m.unit, m.status,
                          array_fill(p_target, array[cardinality(m.item)]), m.unit, m.status, m.cost, m.consumes);
    return array[v_left, v_came];
end
$$;

-- A document is done with units that served it: they are anybody's again, and open.
create or replace function ledger_let_go_units(p_unit bigint[], p_document text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform ledger_lock_units(p_unit);
    perform ledger_check_free_units(array(
        select id from ledger_handlingunit
        where id = any(p_unit) and (document not in (p_document, '') or retired_at is not null)));
    update ledger_handlingunit set document = '', closed_at = null where id = any(p_unit) and document = p_document;
end
$$;

revoke all on function ledger_dispatch, ledger_let_go_units from public;
grant execute on function ledger_dispatch, ledger_let_go_units to :role;
