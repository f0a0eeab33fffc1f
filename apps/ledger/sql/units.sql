-- Makes an empty handling unit without a place; the first goods put into it place it.
create or replace function ledger_open_units(
    p_warehouse bigint, p_kind text, p_number text[], p_sscc text[]
) returns bigint[]
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_ids bigint[];
begin
    with inserted as (
        insert into ledger_handlingunit (warehouse_id, number, kind, sscc, created_at)
        select p_warehouse, u.number, p_kind, u.sscc, clock_timestamp()
        from unnest(p_number, p_sscc) with ordinality u(number, sscc, n) order by u.n
        returning id
    )
    select array_agg(id order by id) into v_ids from inserted;
    return v_ids;
end
$$;

-- Moves whole handling units, with what is nested in them and all their contents, in one posting.
create or replace function ledger_move_units(
    p_warehouse bigint, p_kind text, p_document text, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text, p_unit bigint[], p_target bigint
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_units bigint[];
    v_bad record;
    m record;
begin
    with recursive inside as (
        select id from ledger_handlingunit where id = any(p_unit)
        union
        select child.id from ledger_handlingunit child join inside on child.parent_id = inside.id
    )
    select array_agg(id) into v_units from inside;
    perform 1 from ledger_handlingunit where id = any(v_units) order by id for no key update;

    select unit.number unit, place.code location, '' target into v_bad
    from ledger_handlingunit unit left join locations_location place on place.id = unit.location_id
    where unit.id = any(v_units)
      and (unit.warehouse_id <> p_warehouse or unit.location_id is null
           or (unit.id = any(p_unit) and unit.parent_id is not null)
           or place.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production')
           or not exists (select 1 from ledger_stockbalance b
                          where b.unit_id = any(v_units) and b.on_hand > 0)) limit 1;
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
    return ledger_post(p_warehouse, p_kind, p_document, p_reason, p_occurred_at, p_by, p_device, p_actor, p_key, null,
                       m.item, m.quantity, m.lot, m.serial, m.owner, m.source, m.unit, m.status,
                       m.target, m.unit, m.status, m.cost, m.consumes);
end
$$;
