-- Two numbers of a place that plans over thousands of bins look for, kept by the database itself: no save may forget
-- them, and no model names them, so nobody sets them.

-- Where it stands on the walk through the warehouse, as Location.walking_place says it.
alter table locations_location add column walk bigint not null default 0;

-- One number for all that tells empty bins apart, as a bin's build does.
alter table locations_location add column build bigint not null generated always as (
    hashint8extended(coalesce(zone_id, 0) * 4 + mixes_items::int * 2 + mixes_lots::int,
        hashint8extended(coalesce(storage_condition_id, 0),
            hash_numeric_extended(coalesce(max_units, -1),
                hash_numeric_extended(coalesce(max_weight_g, -1),
                    hashint8extended(coalesce(max_volume_mm3, -1), hashtextextended(kind, 0))
                )
            )
        )
    )
) stored;

create function locations_walk_of_place() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- A zone's number stands still until this place is written, so that none is numbered by the one before.
    new.walk := new.pick_sequence + 10000000000 * coalesce(
        (select pick_sequence from locations_zone where id = new.zone_id for share), 0);
    return new;
end
$$;

create trigger locations_walk_of_place before insert or update of zone_id, pick_sequence on locations_location
for each row execute function locations_walk_of_place();

create function locations_walk_of_zone() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
    update locations_location set walk = pick_sequence + 10000000000 * new.pick_sequence::bigint
    where zone_id = new.id;
    return null;
end
$$;

create trigger locations_walk_of_zone after update of pick_sequence on locations_zone
for each row when (old.pick_sequence <> new.pick_sequence) execute function locations_walk_of_zone();

create index location_walk on locations_location (warehouse_id, walk, code collate "C") include (id, kind, is_active);
create index location_build on locations_location (warehouse_id, build, walk, code collate "C")
include (id, kind, is_active);
