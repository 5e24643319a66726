using NUnit.Framework;
using YamlDotNet.RepresentationModel;

namespace RecordHub.Architecture.Tests;

/// <summary>docker-compose.yml and what it mounts.</summary>
public sealed class DeploymentTests
{
    private static IEnumerable<string> Files { get; } =
    [
        "docker-compose.yml",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.yml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    [TestCaseSource(nameof(Files))]
    public void Each_file_is_yaml(string file) => Assert.That(Read(file).Children, Is.Not.Empty);

    [Test]
    public void Every_file_that_a_service_mounts_exists_and_every_volume_is_declared()
    {
        YamlMappingNode compose = Read("docker-compose.yml");
        string[] declared = [.. ((YamlMappingNode)compose["volumes"]).Children.Keys.Select(key => key.ToString())];
        string[] mounted =
        [
            .. Services(compose).Select(service => service.Node).Append((YamlMappingNode)compose["x-recordhub"])
                .SelectMany(service => Sequence(service, "volumes"))
                .Select(volume => volume.ToString().Split(':')[0]).Distinct(),
        ];

        Assert.That(mounted.Where(source => source.StartsWith('.')), Is.Not.Empty);
        Assert.That(
            mounted.Where(source => source.StartsWith('.')).Where(source => !Path.Exists(Path.Combine(Repository.Root, source))),
            Is.Empty);
        Assert.That(declared, Is.EquivalentTo(mounted.Where(source => !source.StartsWith('.'))));
    }

    [Test]
    public void Observability_is_a_profile_of_its_own_and_sent_to_by_every_process_of_ours()
    {
        YamlMappingNode compose = Read("docker-compose.yml");

        Assert.That(
            Services(compose).Where(service => Sequence(service.Node, "profiles").Any(one => one.ToString() == "observability"))
                .Select(service => service.Name),
            Is.EquivalentTo(new[] { "collector", "tempo", "prometheus", "grafana" }));
        Assert.That(
            ((YamlMappingNode)compose["x-recordhub"]["environment"]).Children.Keys.Select(key => key.ToString()),
            Has.Member("RECORDHUB__Telemetry__Otlp__Endpoint"));
    }

    [Test]
    public void What_one_part_calls_another_by_is_the_name_of_a_service()
    {
        string[] services = [.. Services(Read("docker-compose.yml")).Select(service => service.Name)];
        YamlMappingNode prometheus = Read("deploy/observability/prometheus.yml");
        YamlMappingNode grafana = Read("deploy/observability/grafana/provisioning/datasources/datasources.yml");
        YamlMappingNode collector = Read("deploy/observability/collector.yml");
        IEnumerable<string> called =
        [
            .. Sequence(prometheus, "scrape_configs").SelectMany(job => Sequence((YamlMappingNode)job, "static_configs"))
                .SelectMany(target => Sequence((YamlMappingNode)target, "targets")).Select(target => target.ToString().Split(':')[0]),
            .. Sequence(grafana, "datasources").Select(source => new Uri(source["url"].ToString()).Host),
            collector["exporters"]["otlp/tempo"]["endpoint"].ToString().Split(':')[0],
        ];

        Assert.That(called.Distinct(), Is.Not.Empty.And.SubsetOf(services));
    }

    private static IEnumerable<(string Name, YamlMappingNode Node)> Services(YamlMappingNode compose) =>
        ((YamlMappingNode)compose["services"]).Children.Select(one => (one.Key.ToString(), (YamlMappingNode)one.Value));

    private static IEnumerable<YamlNode> Sequence(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) ? (YamlSequenceNode)value : [];

    private static YamlMappingNode Read(string file)
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(Repository.Text(file)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
