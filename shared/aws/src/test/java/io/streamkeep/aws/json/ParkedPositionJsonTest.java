package io.streamkeep.aws.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParkedPositionJsonTest {

  private static final StreamId STREAM = new StreamId("order", "1");

  @Test
  void positionIsReadAsWritten() {
    Metadata metadata =
        new Metadata(
            new Actor("arn:aws:iam::111122223333:user/anna"),
            new CorrelationId("c-1"),
            new CausationId("r-1"),
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1"),
            new TenantId("shop-7"));
    ParkedPosition position = new ParkedPosition("view", STREAM, 2, metadata);

    String message = ParkedPositionJson.write(position);

    assertThat(message)
        .isEqualTo(
            """
            {"subscriber":"view","stream":"order#1","commit":2,\
            "actor":"arn:aws:iam::111122223333:user/anna",\
            "correlation":"c-1","causation":"r-1",\
            "trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "traceState":"rojo=1","tenant":"shop-7"}\
            """);
    assertThat(ParkedPositionJson.read(message)).isEqualTo(position);
  }

  @Test
  void messageWithOnlyACorrelationIsRead() {
    String message =
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2,\"correlation\":\"c-1\"}";

    assertThat(ParkedPositionJson.read(message).metadata())
        .isEqualTo(new Metadata(null, new CorrelationId("c-1"), null, null, null));
  }

  /** Commits may have no metadata. */
  @Test
  void messageWithoutMetadataIsRead() {
    ParkedPosition position = new ParkedPosition("view", STREAM, 2, Metadata.NONE);

    String message = ParkedPositionJson.write(position);

    assertThat(message).isEqualTo("{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2}");
    assertThat(ParkedPositionJson.read(message)).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\"}",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1.5}",
        "{\"subscriber\":\"view\",\"stream\":\"none\",\"commit\":1}",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1,\"correlation\":\"a b\"}",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1,\"tenant\":7}"
      })
  void anythingElseIsUnreadable(String message) {
    assertThatThrownBy(() -> ParkedPositionJson.read(message))
        .isInstanceOf(UnreadableException.class);
  }
}
