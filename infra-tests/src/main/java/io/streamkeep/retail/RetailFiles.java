package io.streamkeep.retail;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads a command's files, and has its option for what the prices in them are. */
final class RetailFiles {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--currency", description = "Of all prices; ISO 4217. Default: ${DEFAULT-VALUE}")
  private Currency currency = Currency.getInstance("GBP");

  Currency currency() {
    return currency;
  }

  void checkCurrency() {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new ParameterException(spec.commandLine(), "not a currency to pay in: " + currency);
    }
  }

  List<Draft> read(Path file) throws BadFileException {
    try {
      return drafts(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new BadFileException(file + ": no such file");
    } catch (IOException e) {
      throw new BadFileException(file + ": can't be read: " + e);
    } catch (BadFileException e) {
      throw new BadFileException(file + ": " + e.getMessage());
    }
  }

  private List<Draft> drafts(byte[] file) throws BadFileException {
    InvoiceReader reader = new InvoiceReader(currency);
    List<Draft> drafts = RetailCsv.read(file).stream().map(reader::read).toList();
    BigInteger sum = BigInteger.ZERO;
    for (Draft.Order order : Plan.of(drafts, Map.of()).orders()) {
      sum = sum.add(BigInteger.valueOf(order.total()));
    }
    if (sum.bitLength() >= Long.SIZE) {
      throw new BadFileException("the orders add up to more than can be reported");
    }
    return drafts;
  }
}
