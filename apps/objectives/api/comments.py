"""What is said about an objective or a key result."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.refusing import check
from apps.objectives.forms.comments import CommentForm
from apps.objectives.models import Comment
from apps.objectives.serializers import CommentSerializer
from apps.objectives.serializers.writing import NewCommentSerializer
from apps.objectives.services.comments import comment_once
from apps.plans.api import PlanReadViewSet


class CommentActions(PlanReadViewSet):
    """Comments below a thing; every member reads and writes them."""

    @extend_schema(responses=CommentSerializer(many=True))
    @action(detail=True, filterset_class=None)
    def comments(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was said, the newest first."""
        rows = self.get_object().comments.select_related("author").prefetch_related("mentions")
        page = self.paginate_queryset(rows.order_by("-created_at", "-id"))
        return self.get_paginated_response(CommentSerializer(page, many=True).data)

    @extend_schema(
        request=NewCommentSerializer,
        responses={
            200: OpenApiResponse(CommentSerializer, "You have said the same within this hour."),
            201: CommentSerializer,
        },
    )
    @comments.mapping.post
    def comment(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say something. Who is mentioned by @ and user name is told by mail."""
        on = self.get_object()
        on.plan = self.plan
        form = CommentForm(self.sent(NewCommentSerializer))
        check(form)
        said, is_new = comment_once(on=on, by=self.person, text=form.cleaned_data["text"])
        row = Comment.objects.select_related("author").get(pk=said.pk)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(CommentSerializer(row).data, status=code)
