-- What people were told of a hazard is evidence: a revision is never changed and never taken away.
create trigger append_only_rows before update or delete on catalog_safetysheet
    for each row execute function refuse_change();
create trigger append_only_table before truncate on catalog_safetysheet
    for each statement execute function refuse_change();
