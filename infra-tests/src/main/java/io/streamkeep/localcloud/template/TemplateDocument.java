package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A SAM template as JSON: loops are expanded, included files are in place, and each function has
 * its long form, such as {@code {"Fn::GetAtt": "Table.Arn"}}.
 *
 * @param places the place in a file of each node
 */
public record TemplateDocument(Path file, ObjectNode root, Map<JsonPointer, Place> places) {

  /**
   * A line of a file.
   *
   * @param line counted from 1
   */
  record Place(String file, int line) {
    static Place of(Mark mark) {
      return new Place(mark.getName(), mark.getLine() + 1);
    }
  }

  public static TemplateDocument read(Path file) throws IOException {
    return new TemplateReader(file).read();
  }

  /** Refuses a node; one that is missing is refused where its parent is. */
  TemplateException refuse(JsonPointer at, String problem) {
    Place place = places.get(at);
    return place == null ? refuse(at.head(), problem) : new TemplateException(place, problem);
  }
}
