-- I15 nightly: Every sealed transaction hashes to its leaf, and every block carries on the hash of the one before.
select number, null transaction_id
from (
    select b.*, lag(number, 1, 0::bigint) over chain before,
           lag(hash, 1, decode(repeat('00', 32), 'hex')) over chain carried
    from ledger_block b window chain as (order by number)
) b
where number <> before + 1 or previous <> carried
   or hash <> ledger_block_hash(number, previous, first, count, root, sealed_at)
union all
select s.block_id, s.transaction_id
from ledger_sealedtransaction s
join ledger_leaf l on l.transaction_id = s.transaction_id
where l.leaf <> s.leaf
union all
select b.number, null
from ledger_block b
where b.root is distinct from ledger_root(
    array(select leaf from ledger_sealedtransaction s where s.block_id = b.number order by s.position))
