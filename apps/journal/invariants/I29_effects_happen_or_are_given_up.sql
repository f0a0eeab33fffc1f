-- I29 flag: Every effect has happened or was given up half an hour after it was due.
select id message_id, job, due_at, attempts
from journal_outboxmessage
where delivered_at is null and dead_at is null and due_at < clock_timestamp() - interval '30 minutes'
