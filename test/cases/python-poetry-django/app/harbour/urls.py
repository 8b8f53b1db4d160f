from django.urls import path

from quay.views import index

urlpatterns = [path("", index)]
