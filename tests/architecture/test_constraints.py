"""What the models say must be unique or true is so in the database: a later migration may lose it without a word."""

from django.apps import apps
from django.db import connection


def test_every_constraint_and_index_of_a_model_is_in_the_database(db):
    said = {
        (model._meta.db_table, each.name)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for each in (*model._meta.constraints, *model._meta.indexes)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, conname from pg_constraint where contype in ('c', 'u', 'x')"
            " union select tablename, indexname from pg_indexes where schemaname = 'public'"
        )
        there = set(cursor.fetchall())

    assert said - there == set()
