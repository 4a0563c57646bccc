package io.streamkeep.store;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The template's tables on DynamoDB Local, without the functions. */
final class Tables {

  static final String EVENTS = Names.physical("EventsTable");
  static final String VIEWS = Names.physical("ViewsTable");

  private Tables() {}

  static DynamoDbLocal start() throws IOException {
    DynamoDbLocal database =
        new DynamoDbLocal(
            Optional.empty(), new Permissions(List.of()), (caller, operation, phase) -> {});
    Template.read(Path.of("..", "template.yaml"))
        .tables()
        .forEach(table -> database.table(table.request()));
    return database;
  }
}
