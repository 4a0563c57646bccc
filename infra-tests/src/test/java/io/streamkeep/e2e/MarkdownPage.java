package io.streamkeep.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documents. */
record MarkdownPage(Path path, List<String> lines) {

  private static final Pattern FENCE = Pattern.compile("(\\s*)```(\\w*)");
  private static final Pattern COMMENT = Pattern.compile("\\s*<!-- (.*) -->");
  private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  /**
   * A fenced block.
   *
   * @param line the line of its fence, counted from 1
   * @param comment in the line above, empty if there is none
   */
  record Block(int line, String language, String comment, String text) {

    /** The rest of the comment if it begins with these words. */
    Optional<String> comment(String words) {
      return comment.startsWith(words)
          ? Optional.of(comment.substring(words.length()).strip())
          : Optional.empty();
    }
  }

  static MarkdownPage read(Path path) throws IOException {
    return new MarkdownPage(path, Files.readAllLines(path));
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int open = 0; open < lines.size(); open++) {
      Matcher fence = FENCE.matcher(lines.get(open));
      if (fence.matches()) {
        int close = open + 1;
        while (!lines.get(close).strip().equals("```")) {
          close++;
        }
        int indent = fence.group(1).length();
        String text =
            lines.subList(open + 1, close).stream()
                .map(line -> line.substring(Math.min(indent, line.length())))
                .collect(Collectors.joining("\n"));
        blocks.add(new Block(open + 1, fence.group(2), commentAbove(open), text));
        open = close;
      }
    }
    return blocks;
  }

  private String commentAbove(int line) {
    Matcher comment = COMMENT.matcher(line == 0 ? "" : lines.get(line - 1));
    return comment.matches() ? comment.group(1) : "";
  }

  /** The targets of its links to other files of the repository, with their anchors. */
  List<String> links() {
    return LINK.matcher(text())
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.startsWith("https://"))
        .toList();
  }

  List<String> headings() {
    return lines.stream()
        .flatMap(line -> matches(HEADING, line))
        .map(heading -> heading.group(1))
        .toList();
  }

  private static Stream<MatchResult> matches(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Stream.of(matcher.toMatchResult()) : Stream.empty();
  }

  /** The anchors that GitHub makes of its headings. */
  Set<String> anchors() {
    return headings().stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  String text() {
    return String.join("\n", lines);
  }
}
