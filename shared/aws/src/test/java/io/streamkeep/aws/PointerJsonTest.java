package io.streamkeep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.Actor;
import io.streamkeep.kernel.CausationId;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.TenantId;
import io.streamkeep.kernel.TraceContext;
import io.streamkeep.kernel.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PointerJsonTest {

  private static final StreamId STREAM = new StreamId("order", "1");

  @Test
  void isReadAsItIsWritten() {
    Metadata metadata =
        new Metadata(
            new Actor("arn:aws:iam::111122223333:user/anna"),
            new CorrelationId("c-1"),
            new CausationId("r-1"),
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1"),
            new TenantId("shop-7"));
    Pointer pointer = new Pointer("view", STREAM, 2, metadata);

    String message = PointerJson.write(pointer);

    assertThat(message)
        .isEqualTo(
            """
            {"subscriber":"view","stream":"order#1","commit":2,\
            "actor":"arn:aws:iam::111122223333:user/anna",\
            "correlation":"c-1","causation":"r-1",\
            "trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "traceState":"rojo=1","tenant":"shop-7"}\
            """);
    assertThat(PointerJson.read(message)).isEqualTo(pointer);
  }

  @Test
  void aMessageOfTheCorrelationAloneIsRead() {
    String message =
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2,\"correlation\":\"c-1\"}";

    assertThat(PointerJson.read(message).metadata())
        .isEqualTo(new Metadata(null, new CorrelationId("c-1"), null, null, null));
  }

  /** As messages were at first, and are where the commit has none. */
  @Test
  void aMessageNeedsNoMetadata() {
    Pointer pointer = new Pointer("view", STREAM, 2, Metadata.NONE);

    String message = PointerJson.write(pointer);

    assertThat(message).isEqualTo("{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2}");
    assertThat(PointerJson.read(message)).isEqualTo(pointer);
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
  void whatIsNoPointerIsRefused(String message) {
    assertThatThrownBy(() -> PointerJson.read(message)).isInstanceOf(UnreadableException.class);
  }
}
