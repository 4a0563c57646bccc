package io.streamkeep.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.json.FieldError;
import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.ReadResult;
import io.streamkeep.domain.json.StrictJson;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a request to place an order. */
final class PlaceOrderTest {

  /** The pattern of functions/api.yaml. */
  private static final String MONEY =
      "^(?!XA[GU]|XB[A-D]|XDR|XF[OU]|XP[DT]|XSU|XTS|XUA|XXX)[A-Z]{3}$";

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

  private static ReadResult<OrderCommand> read(String fields) {
    String body =
        "{%s,\"lines\":[{\"sku\":\"s\",\"description\":\"\",\"quantity\":1,\"unitPrice\":1}]}"
            .formatted(fields);
    return ObjectReader.read(
        StrictJson.parse(body),
        json -> OrderModule.ORDER.commands().getFirst().reader().read(json, NOW));
  }

  private static List<String> errors(String fields) {
    return read(fields) instanceof ReadResult.Invalid<OrderCommand>(List<FieldError> errors)
        ? errors.stream().map(FieldError::pointer).toList()
        : List.of();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GBP", "JPY", "KWD", "XAF", "XCD", "XOF", "XPF"})
  void currencyIsMoney(String currency) {
    assertThat(errors("\"currency\":\"" + currency + "\"")).isEmpty();
  }

  /** Unknown codes are left to the decider. */
  @Test
  void everyKnownCurrencyWithoutMinorUnitsIsAFieldError() {
    for (Currency currency : Currency.getAvailableCurrencies()) {
      String code = currency.getCurrencyCode();
      assertThat(errors("\"currency\":\"" + code + "\"").isEmpty())
          .as(code)
          .isEqualTo(currency.getDefaultFractionDigits() >= 0)
          .isEqualTo(code.matches(MONEY));
    }
    assertThat(errors("\"currency\":\"QQQ\"")).isEmpty();
  }

  /** Metals, units of account, bond market units, tests, and none at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {"XAU", "XAG", "XPD", "XPT", "XDR", "XSU", "XUA", "XBA", "XTS", "XXX", "gbp"})
  void currencyThatIsNoMoneyIsAFieldError(String currency) {
    assertThat(errors("\"currency\":\"" + currency + "\"")).containsExactly("/currency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UK", "United Kingdom", "Cocos (Keeling) Islands", "U.S.A.", "7"})
  void countryIsAName(String country) {
    assertThat(errors("\"currency\":\"GBP\",\"country\":\"" + country + "\"")).isEmpty();
  }

  @Test
  void countryMayBeAbsentButNotNull() {
    assertThat(errors("\"currency\":\"GBP\"")).isEmpty();
    assertThat(errors("\"currency\":\"GBP\",\"country\":null")).containsExactly("/country");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "UK ", " UK", "United Kingdom  ", "UK\\t"})
  void countryWithSurroundingBlanksIsAFieldError(String country) {
    assertThat(errors("\"currency\":\"GBP\",\"country\":\"" + country + "\""))
        .containsExactly("/country");
  }

  @Test
  void countryHasAtMost64Characters() {
    assertThat(errors("\"currency\":\"GBP\",\"country\":\"" + "a".repeat(64) + "\"")).isEmpty();
    assertThat(errors("\"currency\":\"GBP\",\"country\":\"" + "a".repeat(65) + "\""))
        .containsExactly("/country");
  }

  /** Earlier requests could have either. */
  @Test
  void storedOrderWithOtherCountryOrCurrencyIsStillRead() {
    OrderEventCodec codec = new OrderEventCodec();
    OrderEvent stored =
        new OrderEvent.Placed("c-1", "UK ", "XXX", NOW, List.of(new Line("s", "", 1, 1)), 1);

    assertThat(codec.decode(codec.encode(stored))).isEqualTo(stored);
  }
}
