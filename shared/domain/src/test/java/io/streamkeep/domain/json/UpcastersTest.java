package io.streamkeep.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonObject;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UpcastersTest {

  /** A parcel's weight: first in pounds, then in grams, then with the unit in its name. */
  private static final Upcasters PARCELS =
      Upcasters.builder()
          .written("parcel.weighed", 3)
          .written("parcel.sent", 1)
          .upcast("parcel.weighed", 2, v2 -> with("grams", v2.getInt("weight")))
          .upcast("parcel.weighed", 1, v1 -> with("weight", v1.getInt("weight") * 454))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parcel.weighed | 1 | {\"weight\":2}",
        "parcel.weighed | 2 | {\"weight\":908}",
        "parcel.weighed | 3 | {\"grams\":908}"
      })
  void upcast_bringsEveryVersionToTheCurrentOne(String type, int version, String data) {
    assertThat(PARCELS.upcast(new RecordedEvent(type, version, data)))
        .hasToString("{\"grams\":908}");
  }

  @Test
  void upcast_leavesTheCurrentVersionUnchanged() {
    assertThat(PARCELS.upcast(new RecordedEvent("parcel.sent", 1, "{\"by\":\"air\"}")))
        .hasToString("{\"by\":\"air\"}");
  }

  @Test
  void newest_isTheVersionWritten() {
    assertThat(PARCELS.newest("parcel.weighed")).isEqualTo(3);
    assertThat(PARCELS.newest("parcel.sent")).isEqualTo(1);
    assertThatThrownBy(() -> PARCELS.newest("parcel.eaten"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"parcel.weighed, 4", "parcel.weighed, 0", "parcel.sent, 2", "parcel.eaten, 1"})
  void upcast_fails_whenTypeOrVersionIsUnknown(String type, int version) {
    assertThatThrownBy(() -> PARCELS.upcast(new RecordedEvent(type, version, "{}")))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Unknown event " + type + " v" + version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "{\"weight\":2", "{}", "{\"weight\":\"heavy\"}"})
  void upcast_failsWithoutQuotingThePayload_whenAStepCannotReadIt(String data) {
    assertThatThrownBy(() -> PARCELS.upcast(new RecordedEvent("parcel.weighed", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event parcel.weighed v1 is broken: ")
        .hasMessageNotContaining("heavy");
  }

  @Test
  void build_fails_whenAStepIsMissing() {
    Upcasters.Builder gap =
        Upcasters.builder()
            .written("parcel.weighed", 3)
            .upcast("parcel.weighed", 1, UnaryOperator.identity());

    assertThatThrownBy(gap::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No upcaster of parcel.weighed v2");
  }

  @Test
  void build_fails_whenAStepIsGivenTwice() {
    Upcasters.Builder once =
        Upcasters.builder().upcast("parcel.weighed", 1, UnaryOperator.identity());

    assertThatThrownBy(() -> once.upcast("parcel.weighed", 1, UnaryOperator.identity()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Two upcasters of parcel.weighed v1");
  }

  @ParameterizedTest
  @CsvSource({"parcel.weighed, 2", "parcel.weighed, 0", "parcel.eaten, 1"})
  void build_fails_whenAStepIsNotNeeded(String type, int from) {
    Upcasters.Builder parcels =
        Upcasters.builder()
            .written("parcel.weighed", 2)
            .upcast("parcel.weighed", 1, UnaryOperator.identity())
            .upcast(type, from, UnaryOperator.identity());

    assertThatThrownBy(parcels::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No upcaster of " + type + " v" + from + " is needed");
  }

  @Test
  void written_fails_whenATypeIsDeclaredTwice() {
    Upcasters.Builder parcels = Upcasters.builder().written("parcel.sent", 1);

    assertThatThrownBy(() -> parcels.written("parcel.sent", 2))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> parcels.written("parcel.weighed", 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static JsonObject with(String name, int value) {
    return StrictJson.provider().createObjectBuilder().add(name, value).build();
  }
}
