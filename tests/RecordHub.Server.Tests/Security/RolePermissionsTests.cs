using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Server.Security;

namespace RecordHub.Server.Tests.Security;

internal sealed class RolePermissionsTests
{
    private static readonly Dictionary<Role, Permission[]> s_expected = new()
    {
        [Role.Administrator] = Enum.GetValues<Permission>(),
        [Role.Coordinator] = [.. Enum.GetValues<Permission>().Where(one => one is not (Permission.ManageTokens or Permission.Retain))],
        [Role.Machine] = [Permission.ReadRecords, Permission.Submit],
        [Role.Specialist] = [Permission.ReadRecords],
        [Role.Referrer] = [Permission.Submit],
    };

    [Test]
    public void Has_says_what_the_table_says_for_every_role_and_permission(
        [Values] Role role, [Values] Permission permission) =>
        Assert.That(RolePermissions.Has(role, permission), Is.EqualTo(s_expected[role].Contains(permission)));

    [Test]
    public void A_specialist_sees_the_named_cases_alone()
    {
        AccessScope scope = RolePermissions.ScopeOf(Token(Role.Specialist, new CaseNumber(4)));

        Assert.That(scope.Within(new CaseNumber(4)).Cases, Is.EqualTo(new[] { new CaseNumber(4) }));
        Assert.That(scope.Within(new CaseNumber(5)).Cases, Is.Empty);
    }

    [Test]
    public void A_referrer_sees_nothing() =>
        Assert.That(RolePermissions.ScopeOf(Token(Role.Referrer)).Cases, Is.Empty);

    private static AccessToken Token(Role role, params CaseNumber[] cases) =>
        new("id", "name", role, ContentHash.FromDigest(new byte[32]), cases, Tenant.Default, DateTimeOffset.UnixEpoch);
}
