-- The hazard classes by which an item's goods are kept apart in storage: its own, that of its shipping description, and
-- the subsidiary ones, the chief one first. Kept on the item, since whoever looks for a bin reads items by the thousand.
create function catalog_hazards_of(p_class bigint, p_description bigint) returns varchar(10)[]
language sql stable as $$
select coalesce(array_agg(code order by place), '{}') from (
    select code, min(place) place from (
        select code, 0 place from safety_hazardclass where id = p_class
        union all
        select chief.code, 1
        from safety_shippingdescription described join safety_hazardclass chief on chief.id = described.hazard_class_id
        where described.id = p_description
        union all
        select beside.code, 1 + beside.place
        from safety_shippingdescription described
        cross join unnest(described.subsidiary) with ordinality beside(code, place)
        where described.id = p_description
    ) found group by code
) once
$$;

create function catalog_note_hazards() returns trigger
language plpgsql as $$
begin
    if new.hazard_class_id is null and new.shipping_description_id is null then
        new.hazards := '{}';
    else
        new.hazards := catalog_hazards_of(new.hazard_class_id, new.shipping_description_id);
    end if;
    return new;
end
$$;
create trigger note_hazards before insert or update of hazard_class_id, shipping_description_id, hazards on catalog_item
    for each row execute function catalog_note_hazards();

-- What is described otherwise, or is of a class that is written otherwise, is noted anew.
create function catalog_note_hazards_of_described() returns trigger
language plpgsql as $$
begin
    update catalog_item set hazards = '{}' where shipping_description_id = new.id;
    return null;
end
$$;
create trigger note_hazards after update on safety_shippingdescription
    for each row execute function catalog_note_hazards_of_described();

create function catalog_note_hazards_of_class() returns trigger
language plpgsql as $$
begin
    update catalog_item set hazards = '{}'
    where hazard_class_id = new.id
       or shipping_description_id in (select id from safety_shippingdescription where hazard_class_id = new.id);
    return null;
end
$$;
create trigger note_hazards after update of code on safety_hazardclass
    for each row when (old.code <> new.code) execute function catalog_note_hazards_of_class();

update catalog_item set hazards = '{}' where hazard_class_id is not null or shipping_description_id is not null;
