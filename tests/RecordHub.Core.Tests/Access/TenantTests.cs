using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Tests.Access;

public sealed class TenantTests
{
    [TestCase("north", true)]
    [TestCase("a", true)]
    [TestCase("north-clinic-2", true)]
    [TestCase("abcdefghijklmnopqrstuvwxyz012345", true)]
    [TestCase("abcdefghijklmnopqrstuvwxyz0123456", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    [TestCase("North", false)]
    [TestCase("north clinic", false)]
    [TestCase("north_clinic", false)]
    [TestCase("-north", false)]
    [TestCase("north-", false)]
    [TestCase("nörd", false)]
    [TestCase("'; DROP", false)]
    public void A_name_is_a_short_token(string? text, bool valid)
    {
        Assert.That(Tenant.TryParse(text, out Tenant tenant), Is.EqualTo(valid));
        Assert.That(tenant.ToString(), Is.EqualTo(valid ? text : "default"));
    }

    [Test]
    public void The_default_tenant_has_one_value_and_a_name() =>
        Assert.That(Tenant.Parse("default"), Is.EqualTo(Tenant.Default));

    [Test]
    public void A_scope_within_a_case_stays_within_its_tenant()
    {
        AccessScope scope = AccessScope.Of(Tenant.Parse("north")).Within(new CaseNumber(1));

        Assert.That(scope.Sees(new CaseNumber(1), Tenant.Parse("north")), Is.True);
        Assert.That(scope.Sees(new CaseNumber(1), Tenant.Default), Is.False);
        Assert.That(scope.Sees(new CaseNumber(2), Tenant.Parse("north")), Is.False);
        Assert.That(AccessScope.All.Sees(new CaseNumber(2), Tenant.Parse("south")), Is.True);
    }
}
