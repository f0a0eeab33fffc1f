drop trigger locations_walk_of_zone on locations_zone;
drop function locations_walk_of_zone();
drop trigger locations_walk_of_place on locations_location;
drop function locations_walk_of_place();
alter table locations_location drop column build, drop column walk;
