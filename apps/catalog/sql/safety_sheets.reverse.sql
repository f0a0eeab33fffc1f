drop trigger append_only_rows on catalog_safetysheet;
drop trigger append_only_table on catalog_safetysheet;
