package io.streamkeep.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Currency;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Option types whose standard conversion would show users a Java exception. */
final class OptionTypes {

  private OptionTypes() {}

  /** Registers the types with a command and all its subcommands. */
  static void register(CommandLine line) {
    line.registerConverter(URI.class, OptionTypes::url)
        .registerConverter(Currency.class, OptionTypes::currency)
        .registerConverter(Path.class, OptionTypes::path);
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new TypeConversionException("'" + text + "' is not a URL");
    }
  }

  private static Currency currency(String text) {
    try {
      return Currency.getInstance(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not a currency of ISO 4217");
    }
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("a path can't be empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is not a path");
    }
  }
}
