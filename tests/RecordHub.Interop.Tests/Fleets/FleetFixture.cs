using System.Globalization;
using NUnit.Framework;
using RecordHub.Interop.Tests.Pipeline;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>What tests on real engines share: they need them all, a folder of their own, and numbers that a script may set.</summary>
[NonParallelizable]
public abstract class FleetFixture
{
    /// <summary>Goes with the test.</summary>
    protected string Folder { get; private set; } = string.Empty;

    [SetUp]
    public void MakeFolder()
    {
        RabbitPeer.Require();
        PostgresPeer.Require();
        Folder = Directory.CreateTempSubdirectory("fleet-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>A number from the environment, or another when it has none.</summary>
    protected static int Number(string key, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(key), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
