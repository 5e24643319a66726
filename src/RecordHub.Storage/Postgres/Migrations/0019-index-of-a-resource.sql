-- What a resource says of one parameter is found without reading all that it says: a study has a row for each series and image.
DROP INDEX resource_index_resource;
CREATE INDEX resource_index_resource ON resource_index (resource, parameter, low);
