package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RetailCsvTest {

  private static final String HEADER = String.join(",", RetailCsv.HEADER) + "\n";

  private static List<Invoice> read(String text) throws InvalidFileException {
    return RetailCsv.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage(message);
  }

  @Test
  void groupsScatteredRowsInOrderOfFirstAppearance() throws InvalidFileException {
    List<Invoice> invoices =
        RetailCsv.read(TestCsv.file("2,A,1,1.00,", "1,B,1,1.00,", "2,C,1,1.00,", "C3,D,-1,1.00,"));

    assertThat(invoices).extracting(Invoice::number).containsExactly("2", "1", "C3");
    assertThat(invoices.getFirst().rows()).extracting(Invoice.Row::sku).containsExactly("A", "C");
    assertThat(invoices).extracting(Invoice::isReturn).containsExactly(false, false, true);
  }

  @Test
  void keepsTextAsIs_andCountsItsLines() throws InvalidFileException {
    String twoLines =
        HEADER + "1,A,\"ÉTAGÈRE, \"\"OAK\"\"\nTWO LINES \",1,2026,1.00,7.0,France\r\n";
    List<Invoice> invoices = read(twoLines + "2,B, PLAIN ,1,2026,1.00,,France");

    assertThat(invoices.getFirst().rows())
        .containsExactly(
            new Invoice.Row(
                2, "A", "ÉTAGÈRE, \"OAK\"\nTWO LINES ", "1", "2026", "1.00", "7.0", "France"));
    assertThat(invoices.getLast().rows())
        .containsExactly(new Invoice.Row(4, "B", " PLAIN ", "1", "2026", "1.00", "", "France"));
    assertThat(invoices).extracting(Invoice::number).containsExactly("1", "2");
    refused(twoLines + "2,B\n", "line 4: 2 fields instead of 8");
  }

  @Test
  void blankLinesAreSkipped_andCounted() throws InvalidFileException {
    String row = "1,A,X,1,2026,1.00,,France\n";

    List<Invoice> invoices = read("\n" + HEADER + "\n" + row + "  \r\n\n" + row + "\n\n");

    assertThat(invoices).hasSize(1);
    assertThat(invoices.getFirst().rows()).extracting(Invoice.Row::line).containsExactly(4L, 7L);
  }

  /** Spreadsheets write one. */
  @Test
  void byteOrderMarkIsSkipped() throws InvalidFileException {
    assertThat(read("\uFEFF" + HEADER + "1,A,X,1,2026,1.00,,France\n"))
        .extracting(Invoice::number)
        .containsExactly("1");
    refused("\uFEFF\uFEFF" + HEADER, "line 1: the header must be " + HEADER.strip());
  }

  @Test
  void fileWithOnlyAHeaderHasNoInvoices() throws InvalidFileException {
    assertThat(read(HEADER)).isEmpty();
  }

  @Test
  void refusesAnyOtherHeader() {
    String message = "line 1: the header must be " + HEADER.strip();
    refused("", message);
    refused("InvoiceNo,StockCode\n", message);
    refused(HEADER.replace("UnitPrice", "Price"), message);
    refused(HEADER.toLowerCase(java.util.Locale.ROOT), message);
    refused("1,A,X,1,2026,1.00,,France\n", message);
  }

  @Test
  void reportsTheLineOfAMalformedRow() {
    String good = "1,A,X,1,2026,1.00,,France\n";
    refused(HEADER + good + "1,A,X,1,2026,1.00,\n", "line 3: 7 fields instead of 8");
    refused(HEADER + good + "1,A,X,1,2026,1.00,,France,\n", "line 3: 9 fields instead of 8");
    refused(HEADER + good + "\n\n" + good + "X\n", "line 6: 1 fields instead of 8");
    refused(HEADER + good + " ,A,X,1,2026,1.00,,France\n", "line 3: no InvoiceNo");
  }

  @Test
  void reportsTheLineThatAnUnclosedQuoteStartsOn() {
    String message = "line 3: a quoted field that does not end as it should";
    String good = "1,A,X,1,2026,1.00,,France\n";
    refused(HEADER + good + "1,A,\"X,1,2026,1.00,,France\n" + good, message);
    refused(HEADER + good + "1,A,\"X\"Y,1,2026,1.00,,France\n" + good, message);
  }

  @Test
  void reportsTheLineThatIsNotUtf8() {
    byte[] file = (HEADER + "1,A,CAFÉ,1,2026,1.00,,France\n").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> RetailCsv.read(file)).hasMessage("line 2: not UTF-8");
  }
}
