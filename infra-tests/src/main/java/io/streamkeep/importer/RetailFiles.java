package io.streamkeep.importer;

import io.streamkeep.console.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads and parses retail files; a mixin with the option for their currency. */
public final class RetailFiles {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--currency",
      description = "Currency of all prices (ISO 4217). Default: ${DEFAULT-VALUE}")
  private Currency currency = Currency.getInstance("GBP");

  Currency currency() {
    return currency;
  }

  public void checkCurrency() {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new ParameterException(spec.commandLine(), "not a currency to pay in: " + currency);
    }
  }

  public List<ParsedInvoice> read(Path file) throws InvalidFileException {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidFileException(file + ": " + FileErrors.reason(e));
    } catch (InvalidFileException e) {
      throw new InvalidFileException(file + ": " + e.getMessage());
    }
  }

  /** The bodies of the requests that place a file's orders, in file order. */
  public List<String> placeBodies(Path file) throws InvalidFileException {
    return ImportPlan.of(read(file), Map.of()).orders().stream()
        .map(order -> OrdersClient.placeBody(order).toString())
        .toList();
  }

  private List<ParsedInvoice> parse(byte[] file) throws InvalidFileException {
    InvoiceParser parser = new InvoiceParser(currency);
    List<ParsedInvoice> invoices = RetailCsv.read(file).stream().map(parser::parse).toList();
    long total = 0;
    try {
      for (ParsedInvoice.Order order : ImportPlan.of(invoices, Map.of()).orders()) {
        total = Math.addExact(total, order.total());
      }
    } catch (ArithmeticException e) {
      throw new InvalidFileException("the orders add up to more than can be reported");
    }
    return invoices;
  }
}
