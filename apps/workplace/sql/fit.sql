-- Who may work with what, and what is out of service: asked inside the queue's own statements, at each task.

-- Whether a person's certificate of a kind counts on the day that it is at a site at an instant.
create or replace function workplace_holds(p_person bigint, p_kind bigint, p_site bigint, p_at timestamptz)
returns boolean language sql stable as $$
    select exists (
        select from workplace_certificate held
        join locations_warehouse site on site.id = p_site
        where held.person_id = p_person and held.kind_id = p_kind and held.revoked_at is null
            and timezone(site.timezone, p_at)::date between held.evaluated_on and coalesce(held.expires_on, 'infinity')
    )
$$;

-- Whether all things of a kind that a site has in use are out of service; a site that lists none has nothing to say.
create or replace function workplace_all_out(p_kind bigint, p_site bigint)
returns boolean language sql stable as $$
    select coalesce(bool_and(exists (
        select from workplace_correctiveaction action
        where action.asset_id = asset.id and action.state = 'open' and action.takes_out
    )), false)
    from workplace_siteasset asset
    where asset.kind_id = p_kind and asset.warehouse_id = p_site and asset.is_active
$$;
