using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;

namespace RecordHub.Architecture.Tests;

/// <summary>Rooms depend on each other in one straight line (the design's table of rooms).</summary>
public sealed class ProjectReferenceTests
{
    [TestCase("RecordHub.Dicom", "")]
    [TestCase("RecordHub.Documents", "")]
    [TestCase("RecordHub.Core", "RecordHub.Dicom RecordHub.Documents")]
    [TestCase("RecordHub.Storage", "RecordHub.Core")]
    [TestCase("RecordHub.Server", "RecordHub.Core RecordHub.Dicom RecordHub.Documents RecordHub.Storage")]
    [TestCase("RecordHub.Cli", "RecordHub.Server RecordHub.Samples")]
    public void A_room_refers_to_the_rooms_below_it_alone(string room, string allowed)
    {
        string[] referred = References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).ToArray();

        Assert.That(referred, Is.SubsetOf(allowed.Split(' ')));
    }

    [Test]
    public void Dicom_needs_no_package() => Assert.That(References("RecordHub.Dicom", "PackageReference"), Is.Empty);

    [TestCase("RecordHub.Dicom", "Microsoft.AspNetCore Microsoft.Extensions Hl7 MassTransit RecordHub Newtonsoft SkiaSharp")]
    [TestCase("RecordHub.Documents", "Microsoft.AspNetCore Microsoft.Extensions Hl7 MassTransit RecordHub System.Net.Http Microsoft.Data")]
    [TestCase("RecordHub.Core", "Microsoft.AspNetCore MassTransit Microsoft.Data Npgsql Dapper System.Net.Sockets System.Net.Http RecordHub.Storage RecordHub.Server")]
    [TestCase("RecordHub.Storage", "Microsoft.AspNetCore MassTransit UglyToad RecordHub.Documents RecordHub.Server")]
    public void An_assembly_refers_to_nothing_that_its_room_may_not_contain(string room, string forbidden)
    {
        IEnumerable<string> referred = Assembly.Load(room).GetReferencedAssemblies().Select(name => name.Name ?? string.Empty);

        IEnumerable<string> wrong = referred.Where(name => forbidden.Split(' ')
            .Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_project_has_a_lock_file()
    {
        IEnumerable<string> unlocked = Directory
            .EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project) ?? string.Empty, "packages.lock.json")));

        Assert.That(unlocked, Is.Empty);
    }

    private static IEnumerable<string> References(string room, string element) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", room, room + ".csproj"))
            .Descendants(element).Select(reference => (string?)reference.Attribute("Include") ?? string.Empty);
}
