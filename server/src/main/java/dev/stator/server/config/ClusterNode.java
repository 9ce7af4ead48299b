package dev.stator.server.config;

import java.nio.file.Path;

/**
 * A node as the configuration of a cluster lists it.
 *
 * @param name unique in the cluster
 * @param zone the availability zone it stands in
 * @param rpc where the other nodes reach it, and where it listens for them
 * @param http where it answers clients
 * @param dataDir on its own host
 */
public record ClusterNode(String name, String zone, Endpoint rpc, Endpoint http, Path dataDir) {}
