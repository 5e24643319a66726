using System.Runtime.Versioning;
using NUnit.Framework;

namespace RecordHub.Storage.Tests;

public sealed class DurableFileTests
{
    private string _folder = string.Empty;

    private string Place => Path.Combine(_folder, "kept.txt");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-durable-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_makes_the_file_or_takes_its_place_and_leaves_nothing_beside_it()
    {
        DurableFile.Write(Place, "longer than the next"u8);
        DurableFile.Write(Place, "next"u8);

        Assert.That(File.ReadAllText(Place), Is.EqualTo("next"));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.EqualTo(new[] { Place }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void Write_makes_a_file_for_its_owner_alone_and_leaves_the_rights_of_one_that_is_there()
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        DurableFile.Write(Place, "one"u8);
        Assert.That(File.GetUnixFileMode(Place), Is.EqualTo(owner));
        File.SetUnixFileMode(Place, owner | UnixFileMode.GroupRead);

        DurableFile.Write(Place, "two"u8);

        Assert.That(File.GetUnixFileMode(Place), Is.EqualTo(owner | UnixFileMode.GroupRead));
    }

    [Test]
    public void Write_in_vain_leaves_nothing_beside_what_was_there()
    {
        string folder = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(folder);

        Assert.That(
            () => DurableFile.Write(folder, "one"u8),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.EqualTo(new[] { folder }));
    }
}
