-- A version that was activated is never rewritten: its lines stay, and of the bill itself only the last day changes.
create function catalog_keep_bill() returns trigger
language plpgsql as $$
begin
    if old.state <> 'draft' and (
        tg_op = 'DELETE'
        or (to_jsonb(new) - 'valid_to') <> (to_jsonb(old) - 'valid_to')
        or new.valid_to is null and old.valid_to is not null
    ) then
        raise exception 'a bill of materials that was activated is never rewritten' using errcode = 'SL000';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger keep_bill before update or delete on catalog_billofmaterials
    for each row execute function catalog_keep_bill();

create function catalog_keep_lines() returns trigger
language plpgsql as $$
begin
    perform 1 from catalog_billofmaterials
    where state <> 'draft' and id in (
        case tg_op when 'INSERT' then new.bill_id else old.bill_id end,
        case tg_op when 'DELETE' then old.bill_id else new.bill_id end);
    if found then
        raise exception 'the lines of a bill of materials that was activated stay' using errcode = 'SL000';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger keep_lines before insert or update or delete on catalog_billline
    for each row execute function catalog_keep_lines();
