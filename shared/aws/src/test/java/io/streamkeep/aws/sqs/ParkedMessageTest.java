package io.streamkeep.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParkedMessageTest {

  private static final StreamId STREAM = new StreamId("order", "1");

  @Test
  void isReadAsItIsWritten() {
    Pointer pointer = new Pointer("view", STREAM, 2, new Metadata(new CorrelationId("c-1")));

    String message = ParkedMessage.write(pointer);

    assertThat(message)
        .isEqualTo(
            "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2,\"correlation\":\"c-1\"}");
    assertThat(ParkedMessage.read(message)).isEqualTo(pointer);
  }

  /** As messages were before, and are where the commit has none. */
  @Test
  void aMessageNeedsNoCorrelation() {
    Pointer pointer = new Pointer("view", STREAM, 2, Metadata.NONE);

    String message = ParkedMessage.write(pointer);

    assertThat(message).isEqualTo("{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":2}");
    assertThat(ParkedMessage.read(message)).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\"}",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1.5}",
        "{\"subscriber\":\"view\",\"stream\":\"none\",\"commit\":1}",
        "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1,\"correlation\":\"a b\"}"
      })
  void whatIsNoPointerIsRefused(String message) {
    assertThatThrownBy(() -> ParkedMessage.read(message)).isInstanceOf(UnreadableException.class);
  }
}
