-- Corrects a posting by its exact mirror, once. Handling units that moved go back with their contents.
create or replace function ledger_reverse(
    p_transaction bigint, p_reason text, p_occurred_at timestamptz,
    p_by bigint, p_device bigint, p_actor text, p_key text
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_header ledger_stocktransaction;
    v_bad record;
    m record;
begin
    -- Two who reverse the same posting take turns, and the second is refused.
    select * into v_header from ledger_stocktransaction where id = p_transaction for no key update;
    if not found or v_header.kind = 'reversal'
       or exists (select 1 from ledger_stocktransaction where reverses_id = p_transaction) then
        perform ledger_refuse('SL008', jsonb_build_object('transaction', p_transaction));
    end if;

    -- A unit that moved as a whole must still stand where this posting put it.
    perform ledger_lock_units(array(
        select unit from ledger_stockmove, unnest(array[source_unit_id, target_unit_id]) unit
        where transaction_id = p_transaction and unit is not null));
    select unit.number unit, place.code location, target.code target into v_bad
    from ledger_stockmove move
    join ledger_handlingunit unit on unit.id = move.target_unit_id
    join locations_location target on target.id = move.target_id
    left join locations_location place on place.id = unit.location_id
    where move.transaction_id = p_transaction and unit.location_id is distinct from move.target_id limit 1;
    if found then
        perform ledger_refuse('SL006', to_jsonb(v_bad));
    end if;
    perform ledger_return_units(p_transaction);

    select array_agg(item_id order by id) item, array_agg(quantity order by id) quantity,
           array_agg(lot_id order by id) lot, array_agg(serial_id order by id) serial,
           array_agg(owner_id order by id) owner, array_agg(source_id order by id) source,
           array_agg(source_unit_id order by id) source_unit, array_agg(source_status::text order by id) source_status,
           array_agg(target_id order by id) target, array_agg(target_unit_id order by id) target_unit,
           array_agg(target_status::text order by id) target_status, array_agg(unit_cost order by id) cost,
           array_agg(null::bigint) consumes
    into m
    from ledger_stockmove where transaction_id = p_transaction;
    return ledger_post(v_header.warehouse_id, 'reversal', v_header.document, p_reason, p_occurred_at, p_by, p_device,
                       p_actor, p_key, p_transaction,
                       m.item, m.quantity, m.lot, m.serial, m.owner,
                       m.target, m.target_unit, m.target_status, m.source, m.source_unit, m.source_status,
                       m.cost, m.consumes);
end
$$;
