package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.testkit.contract.ViewReaderContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class DynamoViewReaderTest extends ViewReaderContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  protected ViewStore store() {
    return new DynamoViewStore(TABLES.client(), Tables.VIEWS);
  }

  @Override
  protected ViewReader reader() {
    return new DynamoViewReader(TABLES.client(), Tables.VIEWS);
  }
}
