package io.streamkeep.retail;

/** How an invoice ended that was sent to the API. */
sealed interface Fate {

  /** The invoice is an order and was carried through. */
  record Stored(Sale sale) implements Fate {}

  /** The invoice is a return and all of it was applied. */
  record Returned(String invoice) implements Fate {}

  /** The API said no before anything of the invoice was done; the reason is its code. */
  record Refused(String invoice, String reason) implements Fate {

    static Refused by(Answer.Refused answer, String invoice) {
      return new Refused(invoice, "api-" + answer.code());
    }
  }

  /** It is left half done, or its end is not known: for a person to look at. */
  record Failed(String why) implements Fate {

    static Failed at(String step, String invoice, Answer answer) {
      String said =
          switch (answer) {
            case Answer.Accepted(OrderView order) -> order.toString();
            case Answer.Refused(String code, String detail) -> code + ": " + detail;
            case Answer.Broken(String why) -> why;
          };
      return new Failed("invoice %s: %s failed: %s".formatted(invoice, step, said));
    }
  }
}
