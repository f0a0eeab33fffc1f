-- What a worker may do and use at a site at an instant; the queue asks it once a statement.

create or replace function tasks_skills_of(p_worker bigint, p_site bigint, p_at timestamptz)
returns setof bigint language sql stable as $$
    select skill.id from tasks_skill_workers learned join tasks_skill skill on skill.id = learned.skill_id
    where learned.user_id = p_worker
        and (skill.certificate_id is null or workplace_holds(p_worker, skill.certificate_id, p_site, p_at))
$$;

create or replace function tasks_equipment_of(p_worker bigint, p_site bigint, p_at timestamptz)
returns setof bigint language sql stable as $$
    select kind.id from tasks_equipmentkind_workers used join tasks_equipmentkind kind on kind.id = used.equipmentkind_id
    where used.user_id = p_worker
        and (kind.certificate_id is null or workplace_holds(p_worker, kind.certificate_id, p_site, p_at))
        and (kind.asset_kind_id is null or not workplace_all_out(kind.asset_kind_id, p_site))
$$;
