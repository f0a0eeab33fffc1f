-- Moving reserved stock: decides how much of each reservation goes along, re-points it, and tells ledger_post the
-- amounts by balance. Latest reservations go first; one that is only partly needed is split. Runs under the locks.
create or replace function ledger_carry(
    p_source_status text[], p_target bigint[], p_from bigint[], p_to bigint[], p_quantity numeric[], p_consumes bigint[],
    out from_balance bigint[], out to_balance bigint[], out amount numeric[]
)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_balance record;
    v_move record;
    v_claim record;
    v_need numeric;
    v_here numeric;
    v_part numeric;
begin
    from_balance := '{}'; to_balance := '{}'; amount := '{}';
    for v_balance in
        select b.id, b.reserved - b.on_hand + d.taken - d.consumed as lacking
        from (
            select f.balance, sum(f.quantity) - coalesce((
                       select sum(t.quantity) from unnest(p_to, p_quantity) t(balance, quantity)
                       where t.balance = f.balance), 0) taken,
                   sum(case when f.consumes is not null then f.quantity else 0 end) consumed
            from unnest(p_from, p_quantity, p_consumes) f(balance, quantity, consumes)
            where f.balance is not null group by f.balance
        ) d
        join ledger_stockbalance b on b.id = d.balance
        where b.on_hand - d.taken >= 0 and b.on_hand - d.taken < b.reserved - d.consumed
        order by b.id
    loop
        v_need := v_balance.lacking;
        for v_move in
            select m.to_balance, m.quantity from unnest(p_from, p_to, p_quantity, p_consumes, p_target, p_source_status)
                 with ordinality m(from_balance, to_balance, quantity, consumes, target, status, n)
            join locations_location place on place.id = m.target
            join ledger_stockbalance target on target.id = m.to_balance
            where m.from_balance = v_balance.id and m.consumes is null and m.to_balance <> m.from_balance
              and place.kind in ('storage', 'pick_face') and place.is_active and target.status = 'available'
            order by m.n
        loop
            v_here := least(v_need, v_move.quantity);
            for v_claim in
                select * from ledger_reservation
                where balance_id = v_balance.id and state = 'pending' and id not in (select c from unnest(p_consumes) c where c is not null)
                order by id desc for no key update
            loop
                exit when v_here = 0;
                v_part := least(v_here, v_claim.quantity);
                if v_part = v_claim.quantity then
                    update ledger_reservation set balance_id = v_move.to_balance where id = v_claim.id;
                else
                    update ledger_reservation set quantity = quantity - v_part where id = v_claim.id;
                    insert into ledger_reservation (warehouse_id, balance_id, origin_id, quantity, state, document,
                                                    reserved_at, expires_at, end_reason)
                    values (v_claim.warehouse_id, v_move.to_balance, coalesce(v_claim.origin_id, v_claim.id), v_part,
                            'pending', v_claim.document, v_claim.reserved_at, v_claim.expires_at, '');
                end if;
                from_balance := from_balance || v_balance.id;
                to_balance := to_balance || v_move.to_balance;
                amount := amount || v_part;
                v_here := v_here - v_part;
                v_need := v_need - v_part;
            end loop;
        end loop;
    end loop;
end
$$;
