"""Search boxes answer whatever is typed, and on SQLite never rerun MATCH for every row."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.snippets.models import get_snippet_models

from cms.searchbackend import MAX_WORDS, clean_query, clean_words

NASTY = [
    '"',
    '"water',
    'water "quality',
    "\0",
    "wa\0ter",
    "   ",
    "-",
    "* ( ) : ^ { } % \\",
    "AND",
    "NEAR(",
    "it's",
    "a " * 2_500,
    "x" * 5_000,
]
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="asserts the plan of the SQLite engine"
)


@pytest.fixture
def editor_client(client, db):
    client.force_login(get_user_model().objects.create_superuser("editor", password=None))
    return client


@pytest.fixture
def titled_pages(db) -> list[Page]:
    root = Page.objects.get(depth=1)
    titles = ["Water rights", "Clean water", "Water and air"]
    return [
        root.add_child(title=title, slug=f"page-{number}") for number, title in enumerate(titles)
    ]


def search_addresses() -> list[str]:
    """Every search box of the admin, and every chooser's."""
    names = [
        "wagtailadmin_explore_root",
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page_search",
        "wagtailimages:index",
        "wagtailimages_chooser:choose_results",
        "wagtaildocs:index",
        "wagtaildocs_chooser:choose_results",
        "wagtailusers_users:index",
    ]
    for model in get_snippet_models():
        viewset = model.snippet_viewset
        names.append(viewset.get_url_name("list"))
        names.append(viewset.chooser_viewset.get_url_name("choose_results"))
    return [reverse(name) for name in names]


# What the engines themselves answer is asked below; here, that no box passes them by.
@pytest.mark.parametrize("query", ['"water', "wa\0ter", "a " * 2_500], ids=lambda q: repr(q[:12]))
def test_every_search_box_of_the_admin_answers(editor_client, query):
    answers = {
        address: editor_client.get(address, {"q": query}).status_code
        for address in search_addresses()
    }

    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("query", NASTY, ids=lambda query: repr(query[:12]))
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_the_backend_itself_answers(titled_pages, method, query):
    found = getattr(get_search_backend(), method)(query, Page)

    assert len(found) == found.count()


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ('say "clean  water"', "say clean water"),
        ("HB - 1234", "HB 1234"),
        ("wa\0ter", "wa ter"),
        ("día del agua", "día del agua"),
        ('"-*', ""),
    ],
)
def test_text_is_reduced_to_words(typed, cleaned):
    assert clean_words(typed) == cleaned


def test_long_text_is_cut_to_what_the_engines_can_take():
    assert len(clean_words("x" * 5_000)) == 255
    assert len(clean_words("a " * 2_500).split()) == MAX_WORDS


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"', "<Not <MatchAll>>"),
        (PlainText('wa"ter', operator="or"), "<PlainText 'wa ter' operator='or' boost=1>"),
        (PlainText("-"), "<Not <MatchAll>>"),
        (Phrase('clean "water'), "<Phrase 'clean water'>"),
        (Phrase("\0"), "<Not <MatchAll>>"),
        (Fuzzy("wa\0ter"), "<Fuzzy 'wa ter' operator='or'>"),
        (And([PlainText("water"), Phrase("-")]), "<PlainText 'water' operator='and' boost=1>"),
        (Or([Phrase("a"), Phrase("b")]), "<Or <Phrase 'a'> <Phrase 'b'>>"),
        (And([Phrase("-"), Phrase("*")]), "<Not <MatchAll>>"),
        (Not(PlainText("water")), "<Not <PlainText 'water' operator='and' boost=1>>"),
        (Not(PlainText("-")), "<Not <MatchAll>>"),
        (Boost(Phrase("water"), 2), "<Boost <Phrase 'water'> boost=2>"),
        (Boost(Phrase("-"), 2), "<Not <MatchAll>>"),
        (MATCH_ALL, "<MatchAll>"),
        (MATCH_NONE, "<Not <MatchAll>>"),
    ],
)
def test_queries_are_cleaned_through_and_through(query, expected):
    assert repr(clean_query(query)) == expected


def test_words_find_the_titles_that_hold_them(titled_pages):
    found = Page.objects.order_by("title").search('clean "water')

    assert [page.title for page in found] == ["Clean water"]


def test_the_beginning_of_the_last_word_finds_titles(titled_pages):
    found = Page.objects.order_by("title").autocomplete("water ri")

    assert [page.title for page in found] == ["Water rights"]


@only_sqlite
def test_hits_keep_the_order_of_the_list(titled_pages):
    found = Page.objects.order_by("title").search("water")

    assert [page.title for page in found] == ["Clean water", "Water and air", "Water rights"]


@only_sqlite
def test_hits_of_an_unordered_list_come_newest_first(titled_pages):
    found = Page.objects.order_by().search("water")

    assert [page.pk for page in found] == sorted((page.pk for page in titled_pages), reverse=True)


@only_sqlite
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_no_subquery_depends_on_the_row(titled_pages, method):
    results = getattr(Page.objects.filter(live=True).order_by("title"), method)("water")
    plan = results.get_queryset().explain()

    assert "LIST SUBQUERY" in plan
    assert "CORRELATED" not in plan


@only_sqlite
def test_a_search_never_asks_for_the_score(editor_client, titled_pages):
    with CaptureQueriesContext(connection) as queries:
        editor_client.get(reverse("wagtailadmin_explore_root"), {"q": "water"})

    matching = [query["sql"] for query in queries if "MATCH" in query["sql"]]
    assert matching != []
    assert [sql for sql in matching if "bm25" in sql] == []


@only_sqlite
def test_fields_that_are_no_columns_of_the_index_are_searched_in_all_columns(titled_pages):
    found = get_search_backend().autocomplete("water", Page, fields=["title"])

    assert found.count() == 3


def test_the_indexes_that_every_save_needs_exist(db):
    """A Wagtail migration that rebuilds its table on SQLite would silently drop them."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "wagtailsearch_indexentry")
    ours = {name: index["columns"] for name, index in found.items() if name.startswith("rostrum_")}

    if connection.vendor == "sqlite":
        assert ours == {
            "rostrum_indexentry_title_norm": ["title_norm"],
            "rostrum_indexentry_title": ["title"],
        }
    else:
        assert ours == {
            "rostrum_indexentry_title_norm": ["title_norm"],
            "rostrum_indexentry_text": [],
        }


@only_sqlite
def test_refreshing_the_norms_of_new_entries_reads_indexes_only(titled_pages):
    sqls = [
        "SELECT AVG(LENGTH(title)) FROM wagtailsearch_indexentry WHERE LENGTH(title) > 0",
        "UPDATE wagtailsearch_indexentry SET title_norm = 9.0 / LENGTH(title) WHERE title_norm = 1.0",
    ]
    plans = []
    with connection.cursor() as cursor:
        for sql in sqls:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            # Whether the index also covers the update is SQLite's choice of the moment.
            plans.append([row[3].replace("COVERING ", "") for row in cursor.fetchall()])

    assert plans == [
        ["SCAN wagtailsearch_indexentry USING INDEX rostrum_indexentry_title"],
        [
            "SEARCH wagtailsearch_indexentry USING INDEX rostrum_indexentry_title_norm (title_norm=?)"
        ],
    ]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asserts a plan of PostgreSQL")
def test_postgresql_can_answer_a_search_from_its_index(titled_pages):
    """Among many entries, since the planner rightly reads a handful of them by any way."""
    results = Page.objects.search("water", order_by_relevance=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wagtailsearch_indexentry "
            "(content_type_id, object_id, title_norm, title, body, autocomplete, title_text, body_text) "
            "SELECT content_type_id, (1000000 + number)::text, 1, 'air', 'air', 'air', 'air', 'air' "
            "FROM (SELECT content_type_id FROM wagtailsearch_indexentry LIMIT 1) AS one, "
            "generate_series(1, 3000) AS number"
        )
        cursor.execute("SELECT gin_clean_pending_list('rostrum_indexentry_text')")
        cursor.execute("ANALYZE wagtailsearch_indexentry")
        # The site itself has only a few pages: it is quickest to look for words in each one's entry.
        cursor.execute("SET LOCAL enable_nestloop = off")

    assert "rostrum_indexentry_text" in results.get_queryset().explain()
