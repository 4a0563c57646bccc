package io.streamkeep.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The location of the documents. */
final class Documents {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = ROOT.resolve("shared/docs");

  /** True in the tutorial's copy of the tree, which has the files of its third part. */
  static final boolean WITH_TUTORIAL = Boolean.getBoolean("streamkeep.tutorial");

  private Documents() {}

  /** A page by its path below the documents' folder. */
  static MarkdownPage page(String path) throws IOException {
    return MarkdownPage.read(FOLDER.resolve(path));
  }

  /** README and all documents. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(FOLDER)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
