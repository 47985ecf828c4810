"""The address of an object storage, read and refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.media import storages_of


def test_pictures_are_files_of_the_machine_unless_an_address_says_otherwise():
    assert storages_of("")["default"] == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://desk", {"bucket_name": "desk", "location": "", "endpoint_url": None, "region_name": None}),
        (
            "s3://AKey:se%2Fcret%40@desk/news?endpoint=https://storage.example.org:9000&region=eu-west-1",
            {
                "bucket_name": "desk",
                "location": "news",
                "endpoint_url": "https://storage.example.org:9000",
                "region_name": "eu-west-1",
                "access_key": "AKey",
                "secret_key": "se/cret@",
            },
        ),
    ],
    ids=["keys from the machine", "all of it"],
)
def test_an_address_names_bucket_keys_and_server(address, expected):
    storage = storages_of(address)["default"]
    private = {"default_acl": None, "file_overwrite": False, "querystring_auth": False}
    assert storage == {"BACKEND": "newsroom.bucket.Bucket", "OPTIONS": {**private, **expected}}


@pytest.mark.parametrize("address", ["desk", "https://key:secret@desk", "s3://", "s3://key:secret@desk?zone=2"])
def test_another_address_is_refused_without_telling_its_secret(address):
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_MEDIA_STORAGE is “") as error:
        storages_of(address)
    assert "secret" not in str(error.value)
