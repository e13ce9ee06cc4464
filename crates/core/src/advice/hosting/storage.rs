//! Object storage behind a network that speaks HTTPS: Amazon S3 with `CloudFront`.

use super::way::{Leads, POLICY, Way, file};

pub(super) static S3_CLOUDFRONT: Way = Way {
    id: "s3-cloudfront",
    files: &[file("HOST.json", TEMPLATE), file("HOST.txt", POLICY)],
    leads: Leads::Cname("YOUR-DISTRIBUTION.cloudfront.net"),
};

/// A `CloudFormation` template. The cache policy is AWS's own that caches nothing, the same in every account, so that a changed
/// policy is served at once.
const TEMPLATE: &str = r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Description": "The policy host of MTA-STS, HOST",
  "Resources": {
    "Bucket": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "PublicAccessBlockConfiguration": {
          "BlockPublicAcls": true,
          "BlockPublicPolicy": true,
          "IgnorePublicAcls": true,
          "RestrictPublicBuckets": true
        }
      }
    },
    "Certificate": {
      "Type": "AWS::CertificateManager::Certificate",
      "Properties": { "DomainName": "HOST", "ValidationMethod": "DNS" }
    },
    "Access": {
      "Type": "AWS::CloudFront::OriginAccessControl",
      "Properties": {
        "OriginAccessControlConfig": {
          "Name": { "Ref": "AWS::StackName" },
          "OriginAccessControlOriginType": "s3",
          "SigningBehavior": "always",
          "SigningProtocol": "sigv4"
        }
      }
    },
    "Distribution": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "Aliases": ["HOST"],
          "Origins": [
            {
              "Id": "policy",
              "DomainName": { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
              "S3OriginConfig": { "OriginAccessIdentity": "" },
              "OriginAccessControlId": { "Fn::GetAtt": ["Access", "Id"] }
            }
          ],
          "DefaultCacheBehavior": {
            "TargetOriginId": "policy",
            "ViewerProtocolPolicy": "https-only",
            "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
          },
          "ViewerCertificate": {
            "AcmCertificateArn": { "Ref": "Certificate" },
            "SslSupportMethod": "sni-only",
            "MinimumProtocolVersion": "TLSv1.2_2021"
          }
        }
      }
    },
    "BucketPolicy": {
      "Type": "AWS::S3::BucketPolicy",
      "Properties": {
        "Bucket": { "Ref": "Bucket" },
        "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "Service": "cloudfront.amazonaws.com" },
              "Action": "s3:GetObject",
              "Resource": { "Fn::Sub": "${Bucket.Arn}/*" },
              "Condition": {
                "StringEquals": {
                  "AWS:SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
                  }
                }
              }
            }
          ]
        }
      }
    }
  },
  "Outputs": {
    "BucketName": { "Value": { "Ref": "Bucket" } },
    "DistributionName": { "Value": { "Fn::GetAtt": ["Distribution", "DomainName"] } }
  }
}
"#;
