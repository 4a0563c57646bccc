package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamkeep.localcloud.template.TemplateDocument.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Runs a template's macros: {@code AWS::Include}, and {@code Fn::ForEach} of
 * AWS::LanguageExtensions. Every scalar is text.
 */
final class TemplateReader {
  private static final String LOOP = "Fn::ForEach::";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Path file;
  private final Map<JsonPointer, Place> places = new HashMap<>();
  private final List<Node> loops = new ArrayList<>();

  TemplateReader(Path file) {
    this.file = file;
  }

  TemplateDocument read() throws IOException {
    JsonPointer top = JsonPointer.empty();
    Node yaml = compose(file);
    if (!(json(yaml, top, Map.of()) instanceof ObjectNode root)) {
      throw refuse(yaml, "a template is a mapping");
    }
    if (!loops.isEmpty()
        && !root.path("Transform").toString().contains("AWS::LanguageExtensions")) {
      throw refuse(loops.getFirst(), "Fn::ForEach needs the transform AWS::LanguageExtensions");
    }
    return new TemplateDocument(file, root, Map.copyOf(places));
  }

  private static Node compose(Path file) throws IOException {
    try {
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(Files.readString(file))
          .orElseThrow(
              () -> new TemplateException(new Place(file.toString(), 1), "the file is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new TemplateException(
          e.getProblemMark().map(Place::of).orElse(new Place(file.toString(), 1)), e.getProblem());
    }
  }

  /**
   * Converts a node.
   *
   * @param loop the values of the identifiers of the loops around it
   */
  private JsonNode json(Node node, JsonPointer at, Map<String, String> loop) {
    places.put(at, place(node));
    String tag = node.getTag().getValue();
    JsonNode plain =
        switch (node) {
          case ScalarNode scalar -> JSON.textNode(substitute(scalar.getValue(), loop));
          case SequenceNode list -> array(list, at, loop);
          case MappingNode mapping -> object(mapping, at, loop);
          default -> throw refuse(node, "this is not supported");
        };
    if (!tag.startsWith("!")) {
      return plain;
    }
    if (!place(node).file().equals(file.toString())) {
      throw refuse(node, "an included file has functions in their long form only, not " + tag);
    }
    return function(tag.equals("!Ref") ? "Ref" : "Fn::" + tag.substring(1), plain, node, at, loop);
  }

  private static String substitute(String text, Map<String, String> loop) {
    String substituted = text;
    for (Map.Entry<String, String> identifier : loop.entrySet()) {
      substituted = substituted.replace("${" + identifier.getKey() + "}", identifier.getValue());
    }
    return substituted;
  }

  private ArrayNode array(SequenceNode list, JsonPointer at, Map<String, String> loop) {
    ArrayNode array = JSON.arrayNode();
    list.getValue().forEach(item -> array.add(json(item, at.appendIndex(array.size()), loop)));
    return array;
  }

  private JsonNode object(MappingNode mapping, JsonPointer at, Map<String, String> loop) {
    ObjectNode object = JSON.objectNode();
    addAll(object, mapping, at, loop);
    if (object.size() == 1) {
      String name = object.fieldNames().next();
      return function(name, object.path(name), mapping, at, loop);
    }
    return object;
  }

  private void addAll(
      ObjectNode object, MappingNode mapping, JsonPointer at, Map<String, String> loop) {
    for (NodeTuple entry : mapping.getValue()) {
      String key = substitute(scalar(entry.getKeyNode()), loop);
      if (key.startsWith(LOOP)) {
        addEach(object, entry.getValueNode(), at, loop);
      } else if (object.has(key)) {
        throw refuse(entry.getKeyNode(), key + " is duplicated");
      } else {
        object.set(key, json(entry.getValueNode(), at.appendProperty(key), loop));
      }
    }
  }

  private void addEach(ObjectNode object, Node node, JsonPointer at, Map<String, String> loop) {
    if (!(node instanceof SequenceNode arguments)
        || arguments.getValue().size() != 3
        || !(arguments.getValue().get(1) instanceof SequenceNode collection)
        || !(arguments.getValue().get(2) instanceof MappingNode body)) {
      throw refuse(node, "Fn::ForEach takes an identifier, a list of values and a mapping");
    }
    loops.add(node);
    String identifier = scalar(arguments.getValue().getFirst());
    for (Node value : collection.getValue()) {
      Map<String, String> inner = new HashMap<>(loop);
      inner.put(identifier, scalar(value));
      addAll(object, body, at, inner);
    }
  }

  /** An object with one entry, which may be a function that can be evaluated immediately. */
  private JsonNode function(
      String name, JsonNode argument, Node node, JsonPointer at, Map<String, String> loop) {
    String text = argument.asText();
    if (name.equals("Ref") && loop.containsKey(text)) {
      return JSON.textNode(loop.get(text));
    }
    if (name.equals("Fn::Sub") && argument.isTextual() && !text.contains("${")) {
      return argument;
    }
    if (name.equals("Fn::GetAtt") && argument.isArray()) {
      return JSON.objectNode()
          .put(name, argument.path(0).asText() + "." + argument.path(1).asText());
    }
    return name.equals("Fn::Transform")
        ? include(argument, node, at)
        : JSON.objectNode().set(name, argument);
  }

  private JsonNode include(JsonNode macro, Node node, JsonPointer at) {
    if (!macro.path("Name").asText().equals("AWS::Include")) {
      throw refuse(node, "the macro " + macro.path("Name").asText() + " is not supported");
    }
    Path included = file.resolveSibling(macro.at("/Parameters/Location").asText());
    if (!Files.isRegularFile(included)) {
      throw refuse(node, "there is no file " + included);
    }
    try {
      return json(compose(included), at, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String scalar(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw refuse(node, "a single value is expected here");
    }
    return scalar.getValue();
  }

  private static Place place(Node node) {
    return Place.of(node.getStartMark().orElseThrow());
  }

  private static TemplateException refuse(Node node, String problem) {
    return new TemplateException(place(node), problem);
  }
}
