-- I09 nightly: Sealed positions go on without a gap, from block to block, and every transaction in a block is there.
select b.number, b.first, b.count, b.wanted, s.found
from (
    select number, first, count, coalesce(lag(first + count) over (order by number), 1) wanted from ledger_block
) b
left join (
    select block_id, count(*) found, min(position) first, max(position) last
    from ledger_sealedtransaction s
    where exists (select 1 from ledger_stocktransaction t where t.id = s.transaction_id)
    group by block_id
) s on s.block_id = b.number
where b.first <> b.wanted or s.found is distinct from b.count
   or s.first <> b.first or s.last <> b.first + b.count - 1
union all
select block_id, min(position), count(*), null, null from ledger_sealedtransaction
where block_id not in (select number from ledger_block)
group by block_id
