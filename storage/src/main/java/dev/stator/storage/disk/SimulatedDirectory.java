package dev.stator.storage.disk;

import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The names of a simulated directory: those in the page cache, those on the device, and the changes
 * in between. A power failure keeps a prefix of the changes, as a journalling file system does.
 */
final class SimulatedDirectory {

    private sealed interface Change {
        record Put(String name, SimulatedContent content) implements Change {}

        record Remove(String name) implements Change {}

        record Rename(String from, String to) implements Change {}
    }

    private final TreeMap<String, SimulatedContent> files = new TreeMap<>();
    private final TreeMap<String, SimulatedContent> durableFiles = new TreeMap<>();
    private final TreeMap<String, SimulatedDirectory> directories = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    List<String> names() {
        List<String> names = new ArrayList<>(files.keySet());
        names.addAll(directories.keySet());
        names.sort(null);
        return names;
    }

    @Nullable SimulatedContent file(String name) {
        return files.get(name);
    }

    SimulatedDirectory directory(String name) throws FileNotFoundException {
        SimulatedDirectory directory = directories.get(name);
        if (directory == null) {
            throw new FileNotFoundException(name);
        }
        return directory;
    }

    SimulatedDirectory makeDirectory(String name) throws FileAlreadyExistsException {
        if (files.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        return directories.computeIfAbsent(name, ignored -> new SimulatedDirectory());
    }

    SimulatedContent create(String name) throws FileAlreadyExistsException {
        if (files.containsKey(name) || directories.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        SimulatedContent content = new SimulatedContent();
        change(new Change.Put(name, content));
        return content;
    }

    void remove(String name) throws FileNotFoundException {
        requireFile(name);
        change(new Change.Remove(name));
    }

    void rename(String from, String to) throws FileNotFoundException {
        requireFile(from);
        change(new Change.Rename(from, to));
    }

    private void requireFile(String name) throws FileNotFoundException {
        if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
    }

    private void change(Change change) {
        apply(change, files);
        unsynced.add(change);
    }

    private static void apply(Change change, SortedMap<String, SimulatedContent> names) {
        switch (change) {
            case Change.Put(var name, var content) -> names.put(name, content);
            case Change.Remove(var name) -> names.remove(name);
            case Change.Rename(var from, var to) -> {
                SimulatedContent content = names.remove(from);
                if (content == null) {
                    throw new IllegalStateException("renaming " + from + ", which is missing");
                }
                names.put(to, content);
            }
        }
    }

    void sync() {
        keep(unsynced.size());
    }

    private void keep(int count) {
        for (Change change : unsynced.subList(0, count)) {
            apply(change, durableFiles);
        }
        unsynced.clear();
    }

    void crash(RandomGenerator choices) {
        keep(choices.nextInt(unsynced.size() + 1));
        readFromDevice();
        files.values().forEach(content -> content.crash(choices));
        directories.values().forEach(directory -> directory.crash(choices));
    }

    void loseUnsynced() {
        keep(0);
        readFromDevice();
        files.values().forEach(SimulatedContent::loseUnsynced);
        directories.values().forEach(SimulatedDirectory::loseUnsynced);
    }

    private void readFromDevice() {
        files.clear();
        files.putAll(durableFiles);
    }

    SimulatedDirectory copyOfDurable() {
        SimulatedDirectory copy = new SimulatedDirectory();
        durableFiles.forEach((name, file) -> copy.durableFiles.put(name, file.copyOfDurable()));
        copy.files.putAll(copy.durableFiles);
        directories.forEach((name, child) -> copy.directories.put(name, child.copyOfDurable()));
        return copy;
    }
}
