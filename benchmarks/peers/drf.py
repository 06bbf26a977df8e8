"""Django REST framework as its documentation shows it: ``ModelSerializer``, generic views, session authentication."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from rest_framework import serializers
from rest_framework.generics import CreateAPIView, ListAPIView, RetrieveAPIView
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.peers import rows
from wangge.entry.field.models import Envelope
from wangge.ground.areas import queries as areas
from wangge.ground.registry.models import Dwelling, Household, Person, Residence
from wangge.work.cases.models import Case, ClassOfCase
from wangge.work.todos.models import Todo


class ClassWords(serializers.ModelSerializer):
    """A class in a case."""

    class Meta:
        model = ClassOfCase
        fields = rows.CLASS


class CaseLine(serializers.ModelSerializer):
    """A case in a list."""

    of_class = ClassWords()

    class Meta:
        model = Case
        fields = (*rows.CASE, "of_class")


class CaseDetail(CaseLine):
    """A case by itself."""

    class Meta:
        model = Case
        fields = (*rows.DETAIL, "of_class")


class Reported(serializers.ModelSerializer):
    """What is said of a case."""

    class_code = serializers.SlugRelatedField(
        source="of_class", slug_field="code", queryset=ClassOfCase.objects.all(), write_only=True
    )

    class Meta:
        model = Case
        fields = ("uid", "number", "class_code", "lon", "lat", "address", "description")
        read_only_fields = ("number",)
        extra_kwargs = {one: {"write_only": True} for one in ("lon", "lat", "address", "description")}


class Door(serializers.ModelSerializer):
    """A dwelling."""

    address = serializers.CharField(source="building.address")
    compound = serializers.CharField(source="building.compound")

    class Meta:
        model = Dwelling
        fields = (*rows.DWELLING, "address", "compound")


class HouseholdLine(serializers.ModelSerializer):
    """A household."""

    dwelling = serializers.SlugRelatedField(slug_field="uid", read_only=True)

    class Meta:
        model = Household
        fields = ("uid", "dwelling")


class PersonLine(serializers.ModelSerializer):
    """A person."""

    household = serializers.SlugRelatedField(slug_field="uid", read_only=True)

    class Meta:
        model = Person
        fields = (*rows.PERSON, "household")


class ResidenceLine(serializers.ModelSerializer):
    """A relation of a person to a door."""

    person = serializers.SlugRelatedField(slug_field="uid", read_only=True)
    dwelling = serializers.SlugRelatedField(slug_field="uid", read_only=True)

    class Meta:
        model = Residence
        fields = (*rows.RESIDENCE, "person", "dwelling")


class TodoLine(serializers.ModelSerializer):
    """A to-do."""

    class Meta:
        model = Todo
        fields = rows.TODO


class EnvelopeLine(serializers.ModelSerializer):
    """An envelope as it is kept."""

    class Meta:
        model = Envelope
        fields = rows.ENVELOPE
        read_only_fields = ("state",)


class Fifty(LimitOffsetPagination):
    """A page."""

    default_limit = 50


class Report(CreateAPIView):
    """One row of ``cases_case``."""

    serializer_class = Reported

    def perform_create(self, serializer):
        """With what isn't said."""
        serializer.save(**rows.new_case())


class Cases(ListAPIView):
    """Fifty rows with their class, and how many there are."""

    serializer_class = CaseLine
    pagination_class = Fifty

    def get_queryset(self):
        """In the list's order."""
        return rows.closed_cases().select_related("of_class")


class OneCase(RetrieveAPIView):
    """One row with its class."""

    serializer_class = CaseDetail
    queryset = Case.objects.select_related("of_class")
    lookup_field = "uid"


class At(APIView):
    """The house's own answer, by a view of the framework."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request):
        """The grid and the community of a point."""
        found = areas.position(float(request.query_params["lon"]), float(request.query_params["lat"]))
        return Response({"grid": found.grid, "community": found.community})


class Bundle(APIView):
    """The grid's rows of five tables."""

    def get(self, request, grid):
        """One serializer a table."""
        doors = list(rows.dwellings(grid).select_related("building"))
        keys = [one.pk for one in doors]
        who = rows.living(keys)
        people = rows.people(who).select_related("household").defer("sources")
        relations = rows.residences(keys, who).select_related("person", "dwelling")
        narrow = relations.only(*rows.RESIDENCE, "person__uid", "dwelling__uid")
        return Response({
            "dwellings": Door(doors, many=True).data,
            "households": HouseholdLine(rows.households(keys).select_related("dwelling"), many=True).data,
            "people": PersonLine(people.only(*rows.PERSON, "household__uid"), many=True).data,
            "relations": ResidenceLine(narrow, many=True).data,
            "todos": TodoLine(rows.todos(grid), many=True).data,
        })  # fmt: skip


class Outbox(APIView):
    """The envelopes as they lie, each a row; nothing is done about them."""

    def post(self, request):
        """Checked by the serializer, which asks of each whether it is new."""
        sent = [
            {"uid": one["uid"], "seq": one["seq"], "kind": one["body"]["kind"], "happened_at": one["at"]}
            for one in request.data["envelopes"]
        ]
        checked = EnvelopeLine(data=sent, many=True)
        checked.is_valid(raise_exception=True)
        with transaction.atomic():
            checked.save(actor=str(request.user.pk), received_at=timezone.now(), state="accepted")
        return Response({"receipts": checked.data})
