package io.streamkeep.domain.json;

import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Parses a text that is exactly one JSON object. It rejects malformed UTF-8, duplicate names, text
 * after the object, and nesting over 1,000.
 */
public final class StrictJson {

  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
  private static final JsonReaderFactory READERS =
      PROVIDER.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private StrictJson() {}

  /** The provider for all builders; looking it up is expensive, so it is done once. */
  public static JsonProvider provider() {
    return PROVIDER;
  }

  public static ReadResult<JsonObject> parse(byte[] utf8) {
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return ReadResult.invalid("", "is not UTF-8");
    }
  }

  public static ReadResult<JsonObject> parse(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text));
        JsonReader reader = READERS.createReader(new StringReader(text))) {
      JsonObject object = reader.readObject();
      // The reader rejects duplicate names but not trailing text, the parser trailing text but not
      // duplicate names, so both are used. (Parsson's skipObject loops forever on truncated input.)
      while (parser.hasNext()) {
        parser.next();
      }
      return new ReadResult.Valid<>(object);
    } catch (RuntimeException e) {
      // Parsson throws exceptions of its own and, for deep nesting, a plain RuntimeException
      return ReadResult.invalid("", "must be one well-formed JSON object without duplicate names");
    }
  }
}
