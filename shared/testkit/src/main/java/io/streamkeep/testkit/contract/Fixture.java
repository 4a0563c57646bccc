package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored event in a file.
 *
 * @param stored type and version from the file's name, data from its content
 * @param event the expected result of reading it
 * @param written {@code event} as the codec writes it now
 */
record Fixture<E>(Path file, RecordedEvent stored, E event, RecordedEvent written) {

  private static final Pattern NAME = Pattern.compile("(.+)\\.v(\\d+)(-[a-z-]+)?\\.json");

  static <E> Fixture<E> read(Path file, E event, EventCodec<E> codec) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    assertThat(name.matches()).as("the name of %s is <type>.v<version>.json", file).isTrue();
    RecordedEvent stored =
        new RecordedEvent(
            name.group(1), Integer.parseInt(name.group(2)), Files.readString(file).strip());
    return new Fixture<>(file, stored, event, codec.encode(event));
  }

  boolean isOfTheNewestVersion() {
    return stored.type().equals(written.type()) && stored.version() == written.version();
  }
}
